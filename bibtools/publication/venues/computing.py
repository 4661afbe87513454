"""Journals of computing and engineering; the notation is that of :mod:`bibtools.publication.titles`."""

TITLES = """
Journal of Machine Learning Research | =JMLR
Transactions on Machine Learning Research | =TMLR [novol]
Journal of Artificial Intelligence Research | =JAIR
Machine Learning
Artificial Intelligence
Artificial Intelligence Review
Neural Computation
Neural Networks
Neural Computing and Applications
Neurocomputing
Neural Processing Letters
Pattern Recognition
Pattern Recognition Letters
Pattern Analysis and Applications
International Journal of Computer Vision | =IJCV
Computer Vision and Image Understanding | =CVIU
Image and Vision Computing
Journal of Mathematical Imaging and Vision
Journal of Visual Communication and Image Representation
Foundations and Trends in Machine Learning
Knowledge-Based Systems
Knowledge and Information Systems
Expert Systems with Applications
Engineering Applications of Artificial Intelligence
Information Fusion
Information Sciences
Information Systems
Information and Computation
Information Processing Letters | =IPL
Information Processing & Management
Information and Inference: A Journal of the IMA | Information and Inference
Applied Soft Computing
Soft Computing
Swarm Intelligence
Evolutionary Computation
Genetic Programming and Evolvable Machines
Artificial Life
Adaptive Behavior
Autonomous Agents and Multi-Agent Systems | =JAAMAS
Autonomous Robots
The International Journal of Robotics Research | =IJRR
Robotics and Autonomous Systems
Journal of Field Robotics
Journal of Intelligent & Robotic Systems
Data Mining and Knowledge Discovery
Data & Knowledge Engineering
Transactions of the Association for Computational Linguistics | =TACL
Computational Linguistics
Natural Language Engineering
Language Resources and Evaluation
Computer Speech & Language
Speech Communication
The Journal of the Acoustical Society of America | =JASA EL
Journal of the ACM | =JACM
Communications of the ACM | =CACM
ACM Computing Surveys
ACM Transactions on Algorithms
ACM Transactions on Computation Theory
ACM Transactions on Computational Logic | =TOCL
ACM Transactions on Computer Systems
ACM Transactions on Computer-Human Interaction | =TOCHI
ACM Transactions on Database Systems
ACM Transactions on Economics and Computation
ACM Transactions on Graphics | =ACM TOG
ACM Transactions on Information Systems
ACM Transactions on Intelligent Systems and Technology
ACM Transactions on Knowledge Discovery from Data
ACM Transactions on Mathematical Software
ACM Transactions on Modeling and Computer Simulation
ACM Transactions on Multimedia Computing, Communications, and Applications
ACM Transactions on Parallel Computing
ACM Transactions on Privacy and Security
ACM Transactions on Programming Languages and Systems | =TOPLAS
ACM Transactions on Quantum Computing
ACM Transactions on Recommender Systems
ACM Transactions on Sensor Networks
ACM Transactions on Software Engineering and Methodology | =TOSEM
ACM Transactions on the Web
ACM SIGCOMM Computer Communication Review
ACM SIGACT News
ACM SIGMOD Record
Proceedings of the ACM on Programming Languages | =PACMPL [track]
Proceedings of the ACM on Human-Computer Interaction [track]
Proceedings of the ACM on Interactive, Mobile, Wearable and Ubiquitous Technologies | =IMWUT
Proceedings of the ACM on Measurement and Analysis of Computing Systems | =POMACS
Proceedings of the ACM on Management of Data [track]
Proceedings of the ACM on Computer Graphics and Interactive Techniques
Proceedings of the ACM on Software Engineering [track]
Proceedings of the VLDB Endowment | =PVLDB
The VLDB Journal
Proceedings on Privacy Enhancing Technologies | =PoPETs
Proceedings of the AAAI Conference on Artificial Intelligence
Proceedings of the IEEE
Theoretical Computer Science | =TCS
Theory of Computing
Theory of Computing Systems
Computational Complexity
Computational Geometry: Theory and Applications | Computational Geometry
Computational Intelligence
Algorithmica
Acta Informatica
Distributed Computing
Journal of Algorithms
Journal of Complexity
Journal of Computer and System Sciences | =JCSS
Journal of Cryptology
Journal of Automated Reasoning
Journal of Functional Programming | =JFP
Journal of Logic and Computation
Journal of Logical and Algebraic Methods in Programming
Journal of Heuristics
Journal of Parallel and Distributed Computing | =JPDC
Journal of Supercomputing | The Journal of Supercomputing
Journal of Systems and Software
Journal of Universal Computer Science
Journal of Computational Geometry
Journal of Experimental Algorithmics
Journal of Open Source Software | The Journal of Open Source Software | =JOSS [e]
Journal of Big Data [e]
Journal of Computer Science and Technology
Journal of Network and Computer Applications
Journal of Signal Processing Systems
Journal of the Association for Information Science and Technology
Journal of the American Society for Information Science and Technology | =JASIST
Journal of the Franklin Institute
Logical Methods in Computer Science | =LMCS
Theory and Practice of Logic Programming | =TPLP
Fundamenta Informaticae
Formal Methods in System Design
Formal Aspects of Computing
Science of Computer Programming
Software: Practice and Experience
SoftwareX [e]
Empirical Software Engineering
Software and Systems Modeling
Automated Software Engineering
Future Generation Computer Systems
Concurrency and Computation: Practice and Experience
Parallel Computing
Parallel Processing Letters
Performance Evaluation
Computer Communications
Computer Networks
Computer Graphics Forum
Computers & Graphics
Computers & Security
Computers & Operations Research
Computers and Electronics in Agriculture
Constraints
Annals of Mathematics and Artificial Intelligence
Annals of Operations Research
Applied Artificial Intelligence
AI Magazine
AI Communications
AI Open
International Journal of Approximate Reasoning
International Journal of Foundations of Computer Science
International Journal of Computational Geometry & Applications
International Journal of Control
International Journal of Human-Computer Studies
International Journal of Robust and Nonlinear Control
International Journal of Computer Applications
International Journal of High Performance Computing Applications
Automatica
Systems & Control Letters
European Journal of Control
Control Engineering Practice
Annual Reviews in Control
Mechanical Systems and Signal Processing
Signal Processing
Signal Processing: Image Communication
Digital Signal Processing
EURASIP Journal on Advances in Signal Processing [e]
EURASIP Journal on Wireless Communications and Networking [e]
Physical Communication
Electronics Letters
Microelectronics Journal
World Wide Web
Semantic Web
Social Network Analysis and Mining
User Modeling and User-Adapted Interaction
Quantum Machine Intelligence
Transportation Science
INFORMS Journal on Computing
IEEE Access
IEEE Communications Letters
IEEE Communications Magazine
IEEE Communications Surveys & Tutorials
IEEE Computer
IEEE Computer Graphics and Applications
IEEE Control Systems Letters
IEEE Control Systems Magazine
IEEE Geoscience and Remote Sensing Letters
IEEE Intelligent Systems
IEEE Internet Computing
IEEE Internet of Things Journal
IEEE Journal of Biomedical and Health Informatics
IEEE Journal of Selected Topics in Signal Processing
IEEE Journal of Selected Topics in Applied Earth Observations and Remote Sensing
IEEE Journal of Solid-State Circuits
IEEE Journal on Selected Areas in Communications | =JSAC | =IEEE JSAC | =IEEE J Sel Areas Comm
IEEE Journal on Selected Areas in Information Theory
IEEE Micro
IEEE Network
IEEE Open Journal of the Communications Society
IEEE Pervasive Computing
IEEE Robotics and Automation Letters | =RA-L | =IEEE RA-L | =IEEE RAL
IEEE Robotics & Automation Magazine
IEEE Security & Privacy
IEEE Sensors Journal
IEEE Signal Processing Letters
IEEE Signal Processing Magazine
IEEE Software
IEEE Systems Journal
IEEE Transactions on Affective Computing
IEEE Transactions on Aerospace and Electronic Systems
IEEE Transactions on Antennas and Propagation
IEEE Transactions on Audio, Speech, and Language Processing
IEEE/ACM Transactions on Audio, Speech, and Language Processing
IEEE/ACM Transactions on Computational Biology and Bioinformatics
IEEE/ACM Transactions on Networking
IEEE Transactions on Automatic Control | =IEEE TAC
IEEE Transactions on Big Data
IEEE Transactions on Biomedical Engineering
IEEE Transactions on Broadcasting
IEEE Transactions on Circuits and Systems for Video Technology
IEEE Transactions on Circuits and Systems I: Regular Papers | IEEE Transactions on Circuits and Systems I
IEEE Transactions on Circuits and Systems II: Express Briefs | IEEE Transactions on Circuits and Systems II
IEEE Transactions on Cloud Computing
IEEE Transactions on Cognitive Communications and Networking
IEEE Transactions on Cognitive and Developmental Systems
IEEE Transactions on Communications
IEEE Transactions on Computational Imaging
IEEE Transactions on Computational Social Systems
IEEE Transactions on Computer-Aided Design of Integrated Circuits and Systems
IEEE Transactions on Computers
IEEE Transactions on Control of Network Systems
IEEE Transactions on Control Systems Technology
IEEE Transactions on Cybernetics
IEEE Transactions on Dependable and Secure Computing
IEEE Transactions on Electron Devices
IEEE Transactions on Evolutionary Computation
IEEE Transactions on Fuzzy Systems
IEEE Transactions on Games
IEEE Transactions on Geoscience and Remote Sensing
IEEE Transactions on Image Processing | =IEEE TIP
IEEE Transactions on Industrial Electronics
IEEE Transactions on Industrial Informatics
IEEE Transactions on Information Forensics and Security
IEEE Transactions on Information Theory | =IEEE Trans IT
IEEE Transactions on Instrumentation and Measurement
IEEE Transactions on Intelligent Transportation Systems
IEEE Transactions on Intelligent Vehicles
IEEE Transactions on Knowledge and Data Engineering | =TKDE | =IEEE TKDE
IEEE Transactions on Medical Imaging | =IEEE TMI
IEEE Transactions on Microwave Theory and Techniques
IEEE Transactions on Mobile Computing
IEEE Transactions on Multimedia
IEEE Transactions on Network and Service Management
IEEE Transactions on Network Science and Engineering
IEEE Transactions on Neural Networks
IEEE Transactions on Neural Networks and Learning Systems | =TNNLS | =IEEE TNNLS
IEEE Transactions on Parallel and Distributed Systems | =TPDS | =IEEE TPDS
IEEE Transactions on Pattern Analysis and Machine Intelligence | =TPAMI | =IEEE TPAMI | =IEEE PAMI
IEEE Transactions on Power Electronics
IEEE Transactions on Power Systems
IEEE Transactions on Quantum Engineering
IEEE Transactions on Reliability
IEEE Transactions on Robotics | =IEEE TRO
IEEE Transactions on Services Computing
IEEE Transactions on Signal and Information Processing over Networks
IEEE Transactions on Signal Processing
IEEE Transactions on Smart Grid
IEEE Transactions on Software Engineering | =IEEE TSE
IEEE Transactions on Systems, Man, and Cybernetics: Systems
IEEE Transactions on Systems, Man, and Cybernetics, Part B | IEEE Transactions on Systems, Man, and Cybernetics Part B Cybernetics
IEEE Transactions on Ultrasonics, Ferroelectrics, and Frequency Control
IEEE Transactions on Vehicular Technology
IEEE Transactions on Very Large Scale Integration Systems | =IEEE Trans VLSI Syst
IEEE Transactions on Visualization and Computer Graphics | =TVCG | =IEEE TVCG
IEEE Transactions on Wireless Communications
IEEE Wireless Communications
IEEE Wireless Communications Letters
IEICE Transactions on Communications
IEICE Transactions on Information and Systems
ACM Transactions on Embedded Computing Systems
ACM Transactions on Design Automation of Electronic Systems
ACM Transactions on Architecture and Code Optimization
ACM Transactions on Storage
Acta Cybernetica
Cryptography and Communications
Discrete Optimization
Networks
International Journal of Game Theory
Journal of Computer Security
Journal of Discrete Algorithms
Problems of Information Transmission
The Computer Journal
"""
