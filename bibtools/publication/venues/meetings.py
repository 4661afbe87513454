"""Conferences, series and places; the notation is that of :mod:`bibtools.publication.conferences`."""

TITLES = """
ICML | Proceedings of the {nth} International Conference on Machine Learning | International Conference on Machine Learning
NeurIPS/NIPS | Advances in Neural Information Processing Systems | Advances in Neural Information Processing Systems | Conference on Neural Information Processing Systems | Annual Conference on Neural Information Processing Systems | Neural Information Processing Systems | International Conference on Neural Information Processing Systems | Advances in NeurIPS | Advances in NIPS [book1987]
ICLR | {nth} International Conference on Learning Representations | International Conference on Learning Representations
AISTATS | Proceedings of the {nth} International Conference on Artificial Intelligence and Statistics | International Conference on Artificial Intelligence and Statistics
COLT | Proceedings of the {nth} Conference on Learning Theory | Conference on Learning Theory | Annual Conference on Learning Theory [from2007]
UAI | Proceedings of the {nth} Conference on Uncertainty in Artificial Intelligence | Conference on Uncertainty in Artificial Intelligence
ALT | Proceedings of the {nth} International Conference on Algorithmic Learning Theory | International Conference on Algorithmic Learning Theory
ACML | Proceedings of the {nth} Asian Conference on Machine Learning | Asian Conference on Machine Learning
CoRL | Proceedings of the {nth} Conference on Robot Learning | Conference on Robot Learning | Annual Conference on Robot Learning
MIDL | Proceedings of the {nth} Conference on Medical Imaging with Deep Learning | Medical Imaging with Deep Learning | International Conference on Medical Imaging with Deep Learning | Conference on Medical Imaging with Deep Learning
CHIL | Proceedings of the {nth} Conference on Health, Inference, and Learning | Conference on Health Inference and Learning
MLHC | Proceedings of the {nth} Machine Learning for Healthcare Conference | Machine Learning for Healthcare Conference | Machine Learning for Healthcare
L4DC | Proceedings of the {nth} Conference on Learning for Dynamics and Control | Conference on Learning for Dynamics and Control | Learning for Dynamics and Control
CLeaR | Proceedings of the {nth} Conference on Causal Learning and Reasoning | Conference on Causal Learning and Reasoning
AAAI | Proceedings of the {nth} AAAI Conference on Artificial Intelligence | AAAI Conference on Artificial Intelligence
IJCAI | Proceedings of the {nth} International Joint Conference on Artificial Intelligence | International Joint Conference on Artificial Intelligence | International Joint Conferences on Artificial Intelligence
ECAI | Proceedings of the {nth} European Conference on Artificial Intelligence | European Conference on Artificial Intelligence
AAMAS | Proceedings of the {nth} International Conference on Autonomous Agents and Multiagent Systems | International Conference on Autonomous Agents and Multiagent Systems | International Conference on Autonomous Agents and Multi-Agent Systems | International Joint Conference on Autonomous Agents and Multiagent Systems
ICAPS | Proceedings of the {nth} International Conference on Automated Planning and Scheduling | International Conference on Automated Planning and Scheduling
KR | Proceedings of the {nth} International Conference on Principles of Knowledge Representation and Reasoning | International Conference on Principles of Knowledge Representation and Reasoning
ICWSM | Proceedings of the {nth} International AAAI Conference on Web and Social Media | International AAAI Conference on Web and Social Media
ACL | Proceedings of the {nth} Annual Meeting of the Association for Computational Linguistics | Annual Meeting of the Association for Computational Linguistics | Annual Meeting of the ACL [to2020]
ACL | Proceedings of the {nth} Annual Meeting of the Association for Computational Linguistics and the 11th International Joint Conference on Natural Language Processing | Annual Meeting of the Association for Computational Linguistics | Annual Meeting of the ACL [from2021 to2021]
ACL | Proceedings of the {nth} Annual Meeting of the Association for Computational Linguistics | Annual Meeting of the Association for Computational Linguistics | Annual Meeting of the ACL [from2022]
EMNLP | Proceedings of the {year} Conference on Empirical Methods in Natural Language Processing | Conference on Empirical Methods in Natural Language Processing | Empirical Methods in Natural Language Processing [to2018]
EMNLP | Proceedings of the {year} Conference on Empirical Methods in Natural Language Processing and the 9th International Joint Conference on Natural Language Processing | Conference on Empirical Methods in Natural Language Processing | Empirical Methods in Natural Language Processing [from2019 to2019]
EMNLP | Proceedings of the {year} Conference on Empirical Methods in Natural Language Processing | Conference on Empirical Methods in Natural Language Processing | Empirical Methods in Natural Language Processing [from2020]
NAACL/NAACL-HLT | Proceedings of the {year} Conference of the North American Chapter of the Association for Computational Linguistics: Human Language Technologies | Conference of the North American Chapter of the Association for Computational Linguistics | Conference of the Nations of the Americas Chapter of the Association for Computational Linguistics | Conference of the North American Chapter of the Association for Computational Linguistics: Human Language Technologies [to2024]
NAACL/NAACL-HLT | Proceedings of the {year} Conference of the Nations of the Americas Chapter of the Association for Computational Linguistics: Human Language Technologies | Conference of the North American Chapter of the Association for Computational Linguistics | Conference of the Nations of the Americas Chapter of the Association for Computational Linguistics | Conference of the North American Chapter of the Association for Computational Linguistics: Human Language Technologies [from2025]
EACL | Proceedings of the {nth} Conference of the European Chapter of the Association for Computational Linguistics | Conference of the European Chapter of the Association for Computational Linguistics
AACL | Proceedings of the {nth} Conference of the Asia-Pacific Chapter of the Association for Computational Linguistics | Conference of the Asia-Pacific Chapter of the Association for Computational Linguistics
COLING | Proceedings of the {nth} International Conference on Computational Linguistics | International Conference on Computational Linguistics
CoNLL | Proceedings of the {nth} Conference on Computational Natural Language Learning | Conference on Computational Natural Language Learning
LREC | Proceedings of the {nth} International Conference on Language Resources and Evaluation | Language Resources and Evaluation Conference | International Conference on Language Resources and Evaluation [to2018]
LREC | Proceedings of the {nth} Language Resources and Evaluation Conference | Language Resources and Evaluation Conference | International Conference on Language Resources and Evaluation [from2020]
LREC-COLING | Proceedings of the {year} Joint International Conference on Computational Linguistics, Language Resources and Evaluation | Joint International Conference on Computational Linguistics Language Resources and Evaluation
WMT | Proceedings of the {nth} Conference on Machine Translation | Conference on Machine Translation
CVPR | Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition | IEEE Conference on Computer Vision and Pattern Recognition | IEEE/CVF Conference on Computer Vision and Pattern Recognition | Conference on Computer Vision and Pattern Recognition | IEEE Computer Society Conference on Computer Vision and Pattern Recognition | Computer Vision and Pattern Recognition [to2018]
CVPR | Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition | IEEE/CVF Conference on Computer Vision and Pattern Recognition | IEEE Conference on Computer Vision and Pattern Recognition | Conference on Computer Vision and Pattern Recognition | Computer Vision and Pattern Recognition | IEEE/CVF Computer Vision and Pattern Recognition Conference [from2019]
ICCV | Proceedings of the IEEE International Conference on Computer Vision | IEEE International Conference on Computer Vision | IEEE/CVF International Conference on Computer Vision | International Conference on Computer Vision [to2018]
ICCV | Proceedings of the IEEE/CVF International Conference on Computer Vision | IEEE/CVF International Conference on Computer Vision | IEEE International Conference on Computer Vision | International Conference on Computer Vision [from2019]
WACV | Proceedings of the IEEE Winter Conference on Applications of Computer Vision | IEEE/CVF Winter Conference on Applications of Computer Vision | IEEE Winter Conference on Applications of Computer Vision | Winter Conference on Applications of Computer Vision [to2019]
WACV | Proceedings of the IEEE/CVF Winter Conference on Applications of Computer Vision | IEEE/CVF Winter Conference on Applications of Computer Vision | IEEE Winter Conference on Applications of Computer Vision | Winter Conference on Applications of Computer Vision [from2020]
ECCV | Computer Vision – ECCV {year} | European Conference on Computer Vision | Computer Vision - ECCV
ACCV | Computer Vision – ACCV {year} | Asian Conference on Computer Vision | Computer Vision - ACCV
MICCAI | Medical Image Computing and Computer Assisted Intervention – MICCAI {year} | International Conference on Medical Image Computing and Computer-Assisted Intervention | Medical Image Computing and Computer-Assisted Intervention | Medical Image Computing and Computer Assisted Intervention - MICCAI | Medical Image Computing and Computer-Assisted Intervention - MICCAI | International Conference on Medical Image Computing and Computer Assisted Intervention | Medical Image Computing and Computer Assisted Intervention
BMVC | Proceedings of the British Machine Vision Conference | British Machine Vision Conference
ICPR | Proceedings of the {nth} International Conference on Pattern Recognition | International Conference on Pattern Recognition
ICIP | Proceedings of the IEEE International Conference on Image Processing | IEEE International Conference on Image Processing | International Conference on Image Processing
ICME | Proceedings of the IEEE International Conference on Multimedia and Expo | IEEE International Conference on Multimedia and Expo | International Conference on Multimedia and Expo
ISBI | Proceedings of the IEEE International Symposium on Biomedical Imaging | IEEE International Symposium on Biomedical Imaging | International Symposium on Biomedical Imaging
ICASSP | Proceedings of the IEEE International Conference on Acoustics, Speech and Signal Processing | IEEE International Conference on Acoustics Speech and Signal Processing | International Conference on Acoustics Speech and Signal Processing
Interspeech | Proceedings of Interspeech {year} | Annual Conference of the International Speech Communication Association
ASRU | Proceedings of the IEEE Automatic Speech Recognition and Understanding Workshop | IEEE Automatic Speech Recognition and Understanding Workshop
ISMIR | Proceedings of the {nth} International Society for Music Information Retrieval Conference | International Society for Music Information Retrieval Conference | International Society for Music Information Retrieval
ICRA | Proceedings of the IEEE International Conference on Robotics and Automation | IEEE International Conference on Robotics and Automation | International Conference on Robotics and Automation
IROS | Proceedings of the IEEE/RSJ International Conference on Intelligent Robots and Systems | IEEE/RSJ International Conference on Intelligent Robots and Systems | International Conference on Intelligent Robots and Systems
RSS | Proceedings of Robotics: Science and Systems | Robotics: Science and Systems [needname]
HRI | Proceedings of the ACM/IEEE International Conference on Human-Robot Interaction | ACM/IEEE International Conference on Human-Robot Interaction
CDC | Proceedings of the {nth} IEEE Conference on Decision and Control | IEEE Conference on Decision and Control | Conference on Decision and Control [needname]
ACC | Proceedings of the American Control Conference | American Control Conference [needname]
ECC | Proceedings of the European Control Conference | European Control Conference [needname]
ISIT | Proceedings of the IEEE International Symposium on Information Theory | IEEE International Symposium on Information Theory | International Symposium on Information Theory
ITW | Proceedings of the IEEE Information Theory Workshop | IEEE Information Theory Workshop | Information Theory Workshop
INFOCOM | Proceedings of the IEEE Conference on Computer Communications | IEEE Conference on Computer Communications | IEEE INFOCOM | IEEE International Conference on Computer Communications
ICC | Proceedings of the IEEE International Conference on Communications | IEEE International Conference on Communications [needname]
GLOBECOM | Proceedings of the IEEE Global Communications Conference | IEEE Global Communications Conference | IEEE GLOBECOM
ISCAS | Proceedings of the IEEE International Symposium on Circuits and Systems | IEEE International Symposium on Circuits and Systems
IJCNN | Proceedings of the International Joint Conference on Neural Networks | International Joint Conference on Neural Networks
ICDM | Proceedings of the IEEE International Conference on Data Mining | IEEE International Conference on Data Mining
ICDE | Proceedings of the IEEE International Conference on Data Engineering | IEEE International Conference on Data Engineering | International Conference on Data Engineering
KDD | Proceedings of the {nth} ACM SIGKDD International Conference on Knowledge Discovery and Data Mining | ACM SIGKDD International Conference on Knowledge Discovery and Data Mining | ACM SIGKDD Conference on Knowledge Discovery and Data Mining | ACM SIGKDD | SIGKDD [to2020]
KDD | Proceedings of the {nth} ACM SIGKDD Conference on Knowledge Discovery and Data Mining | ACM SIGKDD International Conference on Knowledge Discovery and Data Mining | ACM SIGKDD Conference on Knowledge Discovery and Data Mining | ACM SIGKDD | SIGKDD [from2021]
WWW | Proceedings of the {nth} International Conference on World Wide Web | International Conference on World Wide Web | International World Wide Web Conference [to2017]
WWW/TheWebConf | Proceedings of the {year} World Wide Web Conference | ACM Web Conference | Web Conference | World Wide Web Conference [from2018 to2018]
WWW/TheWebConf | The World Wide Web Conference | ACM Web Conference | Web Conference | World Wide Web Conference [from2019 to2019]
WWW/TheWebConf | Proceedings of The Web Conference {year} | ACM Web Conference | Web Conference | World Wide Web Conference [from2020 to2021]
WWW/TheWebConf | Proceedings of the ACM Web Conference {year} | ACM Web Conference | Web Conference | World Wide Web Conference [from2022]
SIGIR | Proceedings of the {nth} International ACM SIGIR Conference on Research and Development in Information Retrieval | International ACM SIGIR Conference on Research and Development in Information Retrieval | ACM SIGIR Conference on Research and Development in Information Retrieval | ACM SIGIR
CIKM | Proceedings of the {nth} ACM International Conference on Information and Knowledge Management | ACM International Conference on Information and Knowledge Management | International Conference on Information and Knowledge Management
WSDM | Proceedings of the {nth} ACM International Conference on Web Search and Data Mining | ACM International Conference on Web Search and Data Mining | International Conference on Web Search and Data Mining
RecSys | Proceedings of the {nth} ACM Conference on Recommender Systems | ACM Conference on Recommender Systems
ECIR | Advances in Information Retrieval | European Conference on Information Retrieval | Advances in Information Retrieval - ECIR
SIGMOD | Proceedings of the {year} ACM SIGMOD International Conference on Management of Data | ACM SIGMOD International Conference on Management of Data | International Conference on Management of Data | ACM SIGMOD [to2022]
PODS | Proceedings of the {nth} ACM SIGMOD-SIGACT-SIGAI Symposium on Principles of Database Systems | ACM SIGMOD-SIGACT-SIGAI Symposium on Principles of Database Systems | Symposium on Principles of Database Systems [to2022]
STOC | Proceedings of the {nth} Annual ACM Symposium on Theory of Computing | ACM Symposium on Theory of Computing | ACM SIGACT Symposium on Theory of Computing | Annual ACM Symposium on Theory of Computing | Annual ACM SIGACT Symposium on Theory of Computing
FOCS | Proceedings of the {nth} Annual IEEE Symposium on Foundations of Computer Science | IEEE Symposium on Foundations of Computer Science | Annual IEEE Symposium on Foundations of Computer Science | Annual Symposium on Foundations of Computer Science | IEEE Annual Symposium on Foundations of Computer Science
SODA | Proceedings of the {nth} Annual ACM-SIAM Symposium on Discrete Algorithms | ACM-SIAM Symposium on Discrete Algorithms | Annual ACM-SIAM Symposium on Discrete Algorithms
ITCS | {nth} Innovations in Theoretical Computer Science Conference | Innovations in Theoretical Computer Science Conference | Innovations in Theoretical Computer Science
ICALP | {nth} International Colloquium on Automata, Languages, and Programming | International Colloquium on Automata Languages and Programming
ESA | {nth} Annual European Symposium on Algorithms | European Symposium on Algorithms | Annual European Symposium on Algorithms [needname]
STACS | {nth} International Symposium on Theoretical Aspects of Computer Science | International Symposium on Theoretical Aspects of Computer Science | Symposium on Theoretical Aspects of Computer Science | Annual Symposium on Theoretical Aspects of Computer Science
SoCG | {nth} International Symposium on Computational Geometry | International Symposium on Computational Geometry | Symposium on Computational Geometry
CCC | {nth} Computational Complexity Conference | Computational Complexity Conference | Conference on Computational Complexity [needname]
LICS | Proceedings of the {nth} Annual IEEE Symposium on Logic in Computer Science | ACM/IEEE Symposium on Logic in Computer Science | Annual ACM/IEEE Symposium on Logic in Computer Science | IEEE Symposium on Logic in Computer Science | Annual IEEE Symposium on Logic in Computer Science [to2013]
LICS | Proceedings of the {nth} Annual ACM/IEEE Symposium on Logic in Computer Science | ACM/IEEE Symposium on Logic in Computer Science | Annual ACM/IEEE Symposium on Logic in Computer Science | IEEE Symposium on Logic in Computer Science | Annual IEEE Symposium on Logic in Computer Science [from2014]
PODC | Proceedings of the ACM Symposium on Principles of Distributed Computing | ACM Symposium on Principles of Distributed Computing
SPAA | Proceedings of the {nth} ACM Symposium on Parallelism in Algorithms and Architectures | ACM Symposium on Parallelism in Algorithms and Architectures
EC | Proceedings of the {nth} ACM Conference on Economics and Computation | ACM Conference on Economics and Computation [needname]
CCS | Proceedings of the ACM SIGSAC Conference on Computer and Communications Security | ACM SIGSAC Conference on Computer and Communications Security | ACM Conference on Computer and Communications Security [needname]
NDSS | Proceedings of the Network and Distributed System Security Symposium | Network and Distributed System Security Symposium
POPL | Proceedings of the {nth} ACM SIGPLAN Symposium on Principles of Programming Languages | ACM SIGPLAN Symposium on Principles of Programming Languages | ACM SIGPLAN-SIGACT Symposium on Principles of Programming Languages [to2017]
PLDI | Proceedings of the {nth} ACM SIGPLAN Conference on Programming Language Design and Implementation | ACM SIGPLAN Conference on Programming Language Design and Implementation | ACM SIGPLAN International Conference on Programming Language Design and Implementation [to2022]
ICSE | Proceedings of the {nth} International Conference on Software Engineering | International Conference on Software Engineering | IEEE/ACM International Conference on Software Engineering | ACM/IEEE International Conference on Software Engineering
ASE | Proceedings of the {nth} IEEE/ACM International Conference on Automated Software Engineering | IEEE/ACM International Conference on Automated Software Engineering [needname]
MSR | Proceedings of the {nth} International Conference on Mining Software Repositories | International Conference on Mining Software Repositories [needname]
CHI | Proceedings of the CHI Conference on Human Factors in Computing Systems | CHI Conference on Human Factors in Computing Systems | ACM CHI Conference on Human Factors in Computing Systems
CSCW | Proceedings of the ACM Conference on Computer-Supported Cooperative Work | ACM Conference on Computer-Supported Cooperative Work [to2017]
FAccT/FAT* | Proceedings of the {year} Conference on Fairness, Accountability, and Transparency | ACM Conference on Fairness Accountability and Transparency | Conference on Fairness Accountability and Transparency [to2020]
FAccT/FAT* | Proceedings of the {year} ACM Conference on Fairness, Accountability, and Transparency | ACM Conference on Fairness Accountability and Transparency | Conference on Fairness Accountability and Transparency [from2021]
AIES | Proceedings of the AAAI/ACM Conference on AI, Ethics, and Society | AAAI/ACM Conference on AI Ethics and Society
GECCO | Proceedings of the Genetic and Evolutionary Computation Conference | Genetic and Evolutionary Computation Conference | Annual Genetic and Evolutionary Computation Conference
SIGCOMM | Proceedings of the ACM SIGCOMM Conference | ACM SIGCOMM Conference | ACM SIGCOMM
MobiCom | Proceedings of the {nth} Annual International Conference on Mobile Computing and Networking | Annual International Conference on Mobile Computing and Networking | International Conference on Mobile Computing and Networking
OSDI | {nth} USENIX Symposium on Operating Systems Design and Implementation | USENIX Symposium on Operating Systems Design and Implementation
NSDI | {nth} USENIX Symposium on Networked Systems Design and Implementation | USENIX Symposium on Networked Systems Design and Implementation
SOSP | Proceedings of the {nth} Symposium on Operating Systems Principles | ACM Symposium on Operating Systems Principles | Symposium on Operating Systems Principles | ACM SIGOPS Symposium on Operating Systems Principles
ISCA | Proceedings of the {nth} Annual International Symposium on Computer Architecture | Annual International Symposium on Computer Architecture | International Symposium on Computer Architecture [needname]
MLSys | Proceedings of Machine Learning and Systems | Machine Learning and Systems | Conference on Machine Learning and Systems
CAV | Computer Aided Verification | International Conference on Computer Aided Verification | Computer Aided Verification [needname]
TACAS | Tools and Algorithms for the Construction and Analysis of Systems | Tools and Algorithms for the Construction and Analysis of Systems | International Conference on Tools and Algorithms for the Construction and Analysis of Systems
CRYPTO | Advances in Cryptology – CRYPTO {year} | Advances in Cryptology - CRYPTO | Annual International Cryptology Conference [needname]
EUROCRYPT | Advances in Cryptology – EUROCRYPT {year} | Advances in Cryptology - EUROCRYPT
ASIACRYPT | Advances in Cryptology – ASIACRYPT {year} | Advances in Cryptology - ASIACRYPT
USENIX Security | {nth} USENIX Security Symposium | USENIX Security Symposium
"""

SERIES = """
Proceedings of Machine Learning Research | PMLR
JMLR Workshop and Conference Proceedings | JMLR W&CP | JMLR: W&CP | JMLR WCP | JMLR Workshop and Conference Proceedings | JMLR Proceedings | JMLR: Workshop and Conference Proceedings
Lecture Notes in Computer Science | LNCS | Lecture Notes in Computer Science | Lect. Notes Comput. Sci. | LNCS (Lecture Notes in Computer Science) | Springer LNCS
Lecture Notes in Artificial Intelligence | LNAI | Lecture Notes in Artificial Intelligence
Communications in Computer and Information Science | CCIS | Communications in Computer and Information Science
Leibniz International Proceedings in Informatics | LIPIcs | Leibniz International Proceedings in Informatics
"""

PLACES = """
online|virtual|virtual event|virtual conference|virtual only
usa|us|united states|united states of america|canada|uk|united kingdom|england|scotland|wales|ireland|germany|france|italy|spain|portugal|
switzerland|austria|belgium|netherlands|the netherlands|denmark|sweden|norway|finland|iceland|poland|czech republic|czechia|hungary|slovenia|
croatia|greece|cyprus|malta|turkey|israel|russia|ukraine|romania|bulgaria|serbia|estonia|latvia|lithuania|luxembourg|china|japan|korea|
south korea|republic of korea|taiwan|india|singapore|thailand|malaysia|indonesia|vietnam|philippines|australia|new zealand|brazil|argentina|
chile|mexico|colombia|peru|south africa|egypt|morocco|rwanda|ethiopia|kenya|united arab emirates|uae|qatar|saudi arabia|hong kong|macau|macao|
dominican republic|puerto rico
california|ca|new york|ny|washington|wa|massachusetts|ma|nevada|nv|louisiana|la|florida|fl|texas|tx|hawaii|hi|utah|ut|georgia|ga|illinois|il|
oregon|pennsylvania|pa|colorado|co|arizona|az|new mexico|tennessee|maryland|md|minnesota|mn|michigan|north carolina|nc|dc|d.c|quebec|qc|
ontario|british columbia|bc|alberta|queensland|nsw|victoria|andalusia
vancouver|montreal|toronto|ottawa|calgary|banff|new orleans|long beach|las vegas|los angeles|san diego|san francisco|san jose|seattle|portland|
salt lake city|boston|cambridge|new york city|philadelphia|pittsburgh|baltimore|washington d.c|washington dc|atlanta|chicago|miami|miami beach|
fort lauderdale|orlando|austin|houston|dallas|denver|phoenix|honolulu|anchorage|minneapolis|ann arbor|santa clara|santa barbara|santa monica|
palo alto|berkeley|stanford|pasadena|bellevue|nashville|detroit|cleveland|barcelona|madrid|valencia|seville|granada|cadiz|palma|palma de mallorca|
lisbon|porto|london|oxford|edinburgh|glasgow|bristol|brighton|manchester|dublin|paris|lyon|lille|nice|grenoble|toulouse|marseille|rome|milan|
turin|venice|florence|bologna|naples|pisa|genoa|sorrento|vienna|graz|salzburg|zurich|geneva|lausanne|lugano|basel|bern|munich|berlin|hamburg|cologne|
frankfurt|dresden|heidelberg|tübingen|bonn|saarbrücken|leipzig|stuttgart|amsterdam|rotterdam|eindhoven|delft|utrecht|leiden|brussels|bruges|
ghent|leuven|antwerp|copenhagen|aarhus|stockholm|gothenburg|uppsala|oslo|bergen|trondheim|helsinki|espoo|reykjavik|warsaw|krakow|wroclaw|gdansk|
prague|brno|budapest|ljubljana|zagreb|dubrovnik|athens|thessaloniki|crete|heraklion|santorini|istanbul|tel aviv|haifa|jerusalem|moscow|
st petersburg|saint petersburg|kyiv|bucharest|sofia|belgrade|tallinn|riga|vilnius|beijing|shanghai|hangzhou|shenzhen|guangzhou|xi'an|chengdu|
nanjing|tokyo|kyoto|osaka|yokohama|nagoya|fukuoka|kobe|nara|okinawa|seoul|busan|daejeon|jeju|taipei|mumbai|delhi|new delhi|bangalore|bengaluru|
hyderabad|chennai|kolkata|goa|bangkok|kuala lumpur|jakarta|bali|hanoi|manila|sydney|melbourne|brisbane|perth|adelaide|canberra|auckland|
wellington|rio de janeiro|são paulo|sao paulo|salvador|buenos aires|santiago|mexico city|cancun|guadalajara|bogota|lima|punta cana|
cape town|johannesburg|cairo|marrakech|kigali|addis ababa|nairobi|abu dhabi|dubai|doha|riyadh|daegu|valletta|limassol|playa blanca|lanzarote|
canary islands|canary islands spain|reims|nantes|sendai|macau|hong kong sar|catalina island|quebec city|whistler|asheville|albuquerque
"""
