"""Journals of mathematics and statistics; the notation is that of :mod:`bibtools.publication.titles`."""

TITLES = """
Annals of Mathematics [s2]
Inventiones mathematicae
Acta Mathematica | =Acta Math
Acta Arithmetica
Acta Applicandae Mathematicae
Acta Mathematica Sinica
Acta Mathematica Hungarica
Acta Mathematica Vietnamica
Acta Numerica
Acta Scientiarum Mathematicarum
Journal of the American Mathematical Society | Journal of the AMS
Transactions of the American Mathematical Society | Transactions of the AMS | =TAMS
Proceedings of the American Mathematical Society | Proceedings of the AMS | =PAMS
Memoirs of the American Mathematical Society | Memoirs of the AMS
Bulletin of the American Mathematical Society | Bulletin of the AMS [sN.S.]
Notices of the American Mathematical Society | Notices of the AMS
Conformal Geometry and Dynamics
Representation Theory | =Represent Theory
Mathematics of Computation
Journal of the London Mathematical Society [s2]
Proceedings of the London Mathematical Society [s3]
Bulletin of the London Mathematical Society
Transactions of the London Mathematical Society
Journal of the European Mathematical Society | =JEMS
Journal of the Mathematical Society of Japan
Journal of the Australian Mathematical Society
Bulletin of the Australian Mathematical Society
Proceedings of the Edinburgh Mathematical Society [s2]
Mathematical Proceedings of the Cambridge Philosophical Society
Proceedings of the Royal Society of Edinburgh Section A: Mathematics | Proceedings of the Royal Society of Edinburgh A | Proceedings of the Royal Society of Edinburgh Section A
Glasgow Mathematical Journal
Irish Mathematical Society Bulletin
Bulletin of the Belgian Mathematical Society - Simon Stevin | Bulletin of the Belgian Mathematical Society Simon Stevin
Bulletin of the Brazilian Mathematical Society
Bulletin des Sciences Mathématiques
Bulletin de la Société Mathématique de France | =Bull SMF
Mémoires de la Société Mathématique de France
Annales scientifiques de l'École normale supérieure | =Ann Sci Ec Norm Sup | =Ann Sci Ecole Norm Sup | =Ann Sci Ec Norm Super | =Ann Sci ENS [s4]
Annales de l'Institut Fourier | Annales Institut Fourier
Annales de l'Institut Henri Poincaré, Probabilités et Statistiques | Annales Institut Henri Poincaré Probabilités et Statistiques | Annales de l'Institut Henri Poincaré Probabilités et Statistiques | Annales Institut H Poincaré Probabilités et Statistiques | Annales de l'Institut H Poincaré Probabilités et Statistiques | =Ann Inst Henri Poincare Probab Stat
Annales de l'Institut Henri Poincaré C, Analyse non linéaire | Annales de l'Institut Henri Poincaré C Analyse non linéaire | Annales Institut Henri Poincaré Analyse non linéaire | Annales Institut H Poincaré Analyse non linéaire | Annales Institut H Poincaré C Analyse non linéaire
Annales de la Faculté des Sciences de Toulouse
Annales mathématiques Blaise Pascal
Annali di Matematica Pura ed Applicata [s4]
Annali della Scuola Normale Superiore di Pisa, Classe di Scienze | Annali della Scuola Normale Superiore Pisa Classe Scienze | =Ann Sc Norm Super Pisa Cl Sci [s5]
Journal für die reine und angewandte Mathematik | Journal reine angewandte Mathematik | =Crelle | =Crelles Journal
Mathematische Annalen
Mathematische Zeitschrift
Mathematische Nachrichten
manuscripta mathematica
Monatshefte für Mathematik
Archiv der Mathematik | =Arch Math Basel
Archivum Mathematicum | =Arch Math Brno
Archive for Mathematical Logic
Archive for Rational Mechanics and Analysis | =ARMA
Commentarii Mathematici Helvetici
Compositio Mathematica
Collectanea Mathematica
Colloquium Mathematicum
Fundamenta Mathematicae
Studia Mathematica
Duke Mathematical Journal
American Journal of Mathematics
The American Mathematical Monthly
Michigan Mathematical Journal
Indiana University Mathematics Journal
Illinois Journal of Mathematics
Houston Journal of Mathematics
Pacific Journal of Mathematics
Rocky Mountain Journal of Mathematics
New York Journal of Mathematics
Osaka Journal of Mathematics
Nagoya Mathematical Journal
Tohoku Mathematical Journal [s2]
Hiroshima Mathematical Journal
Hokkaido Mathematical Journal
Kyoto Journal of Mathematics
Kodai Mathematical Journal
Kyushu Journal of Mathematics
Tokyo Journal of Mathematics
Japanese Journal of Mathematics
Israel Journal of Mathematics
Canadian Journal of Mathematics
Canadian Mathematical Bulletin
Asian Journal of Mathematics
International Journal of Mathematics
International Journal of Algebra and Computation
International Journal of Number Theory
International Mathematics Research Notices | =IMRN | =Int Math Res Not IMRN | =Int Math Res Not
International Mathematical Forum
Arkiv för Matematik
Mathematica Scandinavica
Moscow Mathematical Journal
Mathematical Research Letters
Mathematical Notes
Matematicheskie Zametki | =Mat Zametki [ru:Mathematical Notes]
Sbornik: Mathematics | =Sb Math
Matematicheskiĭ Sbornik | =Mat Sb [ru:Sbornik: Mathematics]
Izvestiya: Mathematics | =Izv Math
Izvestiya Rossiĭskoĭ Akademii Nauk. Seriya Matematicheskaya | =Izv RAN Ser Mat | =Izv Ross Akad Nauk Ser Mat [ru:Izvestiya: Mathematics]
Russian Mathematical Surveys
Uspekhi Matematicheskikh Nauk | =Usp Mat Nauk | =UMN [ru:Russian Mathematical Surveys]
Functional Analysis and Its Applications
Funktsional'nyĭ Analiz i ego Prilozheniya | =Funktsional Anal i Prilozhen | =Funkts Anal Prilozh | =Funct Anal Prilozh [ru:Functional Analysis and Its Applications]
St. Petersburg Mathematical Journal | =St Petersburg Math J
Algebra i Analiz [ru:St. Petersburg Mathematical Journal]
Siberian Mathematical Journal
Doklady Mathematics
Theory of Probability & Its Applications | =Theory Probab Appl
Teoriya Veroyatnosteĭ i ee Primeneniya | =Teor Veroyatn Primen [ru:Theory of Probability & Its Applications]
Proceedings of the Steklov Institute of Mathematics
Trudy Matematicheskogo Instituta imeni V. A. Steklova | =Tr Mat Inst Steklova [ru:Proceedings of the Steklov Institute of Mathematics]
Lobachevskii Journal of Mathematics
Russian Journal of Mathematical Physics
Advances in Mathematics | =Adv Math
Advances in Applied Mathematics
Advances in Applied Probability
Advances in Geometry
Advances in Applied Clifford Algebras
Advances in Calculus of Variations
Advances in Computational Mathematics
Advances in Difference Equations
Geometry & Topology
Algebraic & Geometric Topology | =Algebr Geom Topol | =AGT
Journal of Topology
Journal of Topology and Analysis
Topology
Topology and its Applications
Journal of Knot Theory and Its Ramifications
Geometric and Functional Analysis | =GAFA | =Geom Funct Anal
Geometriae Dedicata
Differential Geometry and its Applications
Journal of Differential Geometry
Journal of Geometry | =J Geom
Journal of Geometric Analysis
Journal of Symplectic Geometry
Communications in Analysis and Geometry
Transformation Groups
Groups, Geometry, and Dynamics
Journal of Group Theory
Journal of Lie Theory
Journal of Algebra
Journal of Algebra and Its Applications
Journal of Pure and Applied Algebra | =JPAA
Journal of Algebraic Geometry
Journal of Algebraic Combinatorics
Communications in Algebra
Algebra & Number Theory
Algebras and Representation Theory
Algebra Colloquium
Algebra Universalis
Semigroup Forum
Linear Algebra and its Applications
Linear and Multilinear Algebra
Electronic Journal of Linear Algebra
Journal of Number Theory
Journal de Théorie des Nombres de Bordeaux
The Ramanujan Journal
Mathematika
Forum Mathematicum
Forum of Mathematics, Pi [e]
Forum of Mathematics, Sigma [e]
Research in Number Theory [e]
Selecta Mathematica [sN.S.]
Quarterly Journal of Mathematics | The Quarterly Journal of Mathematics
Quarterly of Applied Mathematics
Expositiones Mathematicae
L'Enseignement Mathématique | Enseignement Mathématique [s2]
Publications mathématiques de l'IHÉS | =Publ Math IHES | =Publ IHES | =Publ Math Inst Hautes Etudes Sci
Publications of the Research Institute for Mathematical Sciences | =Publ RIMS | =PRIMS
Publicacions Matemàtiques
Revista Matemática Iberoamericana
Revista Matemática Complutense
Portugaliae Mathematica
RIMS Kôkyûroku
RIMS Kôkyûroku Bessatsu
Séminaire Lotharingien de Combinatoire
Journal of Combinatorial Theory, Series A | =JCTA
Journal of Combinatorial Theory, Series B | =JCTB
Journal of Combinatorial Designs
Journal of Combinatorial Optimization
Journal of Graph Theory
Journal of Graph Algorithms and Applications
Graphs and Combinatorics
Combinatorica
Combinatorics, Probability and Computing
European Journal of Combinatorics
The Electronic Journal of Combinatorics
Australasian Journal of Combinatorics
Annals of Combinatorics
Ars Combinatoria
Discrete Mathematics
Discrete Applied Mathematics
Discrete & Computational Geometry | =DCG
Discrete Mathematics & Theoretical Computer Science | =DMTCS
Discrete and Continuous Dynamical Systems | Discrete and Continuous Dynamical Systems A | Discrete and Continuous Dynamical Systems Series A | =DCDS
Discrete and Continuous Dynamical Systems - B | Discrete and Continuous Dynamical Systems Series B
Designs, Codes and Cryptography
Finite Fields and Their Applications
Random Structures & Algorithms
Order
Journal of Functional Analysis | =JFA
Journal of Operator Theory
Journal of Mathematical Analysis and Applications | =JMAA
Journal of Fourier Analysis and Applications
Journal of Approximation Theory
Journal d'Analyse Mathématique | Journal Analyse Mathématique
Journal de Mathématiques Pures et Appliquées
Journal of Differential Equations | =J Diff Eq | =J Diff Eqs | =J Diff Eqns | =JDE
Journal of Dynamics and Differential Equations
Journal of Difference Equations and Applications
Journal of Hyperbolic Differential Equations
Journal of Evolution Equations
Electronic Journal of Differential Equations
Electronic Journal of Qualitative Theory of Differential Equations
Communications in Partial Differential Equations | =Comm PDE
Communications on Pure and Applied Mathematics | =CPAM
Communications on Pure and Applied Analysis
Communications in Contemporary Mathematics
Communications in Mathematical Sciences
Calculus of Variations and Partial Differential Equations
Analysis & PDE
Nonlinear Analysis
Nonlinear Analysis: Theory, Methods & Applications
Nonlinear Analysis: Real World Applications
Potential Analysis
Constructive Approximation
Complex Analysis and Operator Theory
Complex Variables and Elliptic Equations
Computational Methods and Function Theory
Integral Equations and Operator Theory
Integral Transforms and Special Functions
Applied and Computational Harmonic Analysis | =ACHA
Inverse Problems
Inverse Problems and Imaging
Ergodic Theory and Dynamical Systems
Dynamical Systems
Journal of Modern Dynamics
Journal of Noncommutative Geometry
Journal of K-Theory
K-Theory
Annals of K-Theory
Homology, Homotopy and Applications
Theory and Applications of Categories | =TAC
Applied Categorical Structures
Cahiers de topologie et géométrie différentielle catégoriques
Annals of Pure and Applied Logic
The Journal of Symbolic Logic
The Bulletin of Symbolic Logic
Journal of Mathematical Logic
Mathematical Logic Quarterly
Notre Dame Journal of Formal Logic
Studia Logica
Experimental Mathematics
The Mathematical Intelligencer
Mathematics Magazine
The College Mathematics Journal
Integers [e]
Journal of Integer Sequences [e]
The Fibonacci Quarterly
Foundations of Computational Mathematics
SIAM Review
SIAM Journal on Applied Mathematics
SIAM Journal on Applied Dynamical Systems
SIAM Journal on Computing | =SICOMP
SIAM Journal on Control and Optimization
SIAM Journal on Discrete Mathematics
SIAM Journal on Imaging Sciences
SIAM Journal on Mathematical Analysis
SIAM Journal on Mathematics of Data Science
SIAM Journal on Matrix Analysis and Applications
SIAM Journal on Numerical Analysis
SIAM Journal on Optimization
SIAM Journal on Scientific Computing
SIAM Journal on Financial Mathematics
SIAM Journal on Applied Algebra and Geometry
SIAM/ASA Journal on Uncertainty Quantification
Multiscale Modeling & Simulation
Numerische Mathematik
Numerical Algorithms
Numerical Linear Algebra with Applications
Numerical Methods for Partial Differential Equations
BIT Numerical Mathematics
IMA Journal of Numerical Analysis
IMA Journal of Applied Mathematics
Applied Numerical Mathematics
Applied Mathematics and Computation
Applied Mathematics Letters
Applied Mathematics & Optimization
Journal of Computational and Applied Mathematics
Journal of Computational Mathematics
Journal of Scientific Computing
Computers & Mathematics with Applications
Computer Methods in Applied Mechanics and Engineering
International Journal for Numerical Methods in Engineering
International Journal for Numerical Methods in Fluids
Mathematical Models and Methods in Applied Sciences
Mathematical Methods in the Applied Sciences
Mathematical Programming
Mathematics of Operations Research
Mathematical Finance
Mathematical Biosciences
Mathematical Biosciences and Engineering
Mathematical and Computer Modelling
Mathematics and Computers in Simulation
Mathematical Structures in Computer Science
Mathematics [e]
Journal of Mathematical Biology
Journal of Optimization Theory and Applications
Journal of Global Optimization
Computational Optimization and Applications
Optimization
Optimization Letters
Optimization Methods and Software
Zeitschrift für angewandte Mathematik und Physik | =ZAMP
Journal of Symbolic Computation
The Annals of Probability
The Annals of Applied Probability | =AAP
The Annals of Statistics
The Annals of Applied Statistics
Annals of the Institute of Statistical Mathematics
Probability Theory and Related Fields | =PTRF
Probability Surveys
Electronic Journal of Probability | =EJP
Electronic Communications in Probability
Electronic Journal of Statistics
Stochastic Processes and their Applications | =SPA
Stochastic Analysis and Applications
Stochastics and Dynamics
Journal of Applied Probability
Journal of Theoretical Probability
Latin American Journal of Probability and Mathematical Statistics | =ALEA
Queueing Systems
Finance and Stochastics
Quantitative Finance
Bernoulli
Biometrika
Biometrics
Biostatistics
Bayesian Analysis
Statistical Science
Statistica Sinica
Statistics and Computing
Statistics & Probability Letters
Statistics in Medicine
Statistics Surveys
Scandinavian Journal of Statistics
Canadian Journal of Statistics
Journal of the American Statistical Association | =JASA
Journal of the Royal Statistical Society: Series A | Journal of the Royal Statistical Society A | =JRSSA
Journal of the Royal Statistical Society: Series B | Journal of the Royal Statistical Society B | Journal of the Royal Statistical Society Series B Statistical Methodology | =JRSSB | =JRSS B
Journal of the Royal Statistical Society: Series C | Journal of the Royal Statistical Society C
Journal of Multivariate Analysis
Journal of Statistical Planning and Inference
Journal of Statistical Software
Journal of Computational and Graphical Statistics
Journal of Time Series Analysis
Journal of Econometrics
Computational Statistics & Data Analysis
Technometrics
Econometrica
Econometric Theory
Games and Economic Behavior
Journal of Economic Theory
Journal of Economic Dynamics and Control
Operations Research
Operations Research Letters
Management Science
European Journal of Operational Research
Insurance: Mathematics and Economics
Annales Polonici Mathematici
Annals of Global Analysis and Geometry
Abstract and Applied Analysis [e]
Aequationes Mathematicae
Applicable Analysis
Asymptotic Analysis
Banach Journal of Mathematical Analysis
Bulletin of the Korean Mathematical Society
Bulletin of the Polish Academy of Sciences Mathematics
Central European Journal of Mathematics
Commentationes Mathematicae Universitatis Carolinae
Czechoslovak Mathematical Journal
Documenta Mathematica
ESAIM: Control, Optimisation and Calculus of Variations | =ESAIM COCV
ESAIM: Mathematical Modelling and Numerical Analysis
European Journal of Applied Mathematics
Extremes
Georgian Mathematical Journal
Glasnik Matematički
International Journal of Mathematics and Mathematical Sciences
Involve
Journal of Commutative Algebra
Journal of Fractal Geometry
Journal of Homotopy and Related Structures
Journal of Inequalities in Pure and Applied Mathematics | =JIPAM
Journal of Mathematics of Kyoto University
Journal of Nonparametric Statistics
Journal of Singularities
Journal of Spectral Theory
Journal of the Institute of Mathematics of Jussieu
Journal of the Korean Mathematical Society
Journal of Applied Statistics
Journal of Business & Economic Statistics
Kinetic & Related Models
Mathematical Control and Related Fields
Mathematical Inequalities & Applications
Mediterranean Journal of Mathematics
Methods of Functional Analysis and Topology
Metrika
Milan Journal of Mathematics
Networks and Heterogeneous Media
Periodica Mathematica Hungarica
Publicationes Mathematicae Debrecen
Quaestiones Mathematicae
Quantum Topology
Rendiconti del Circolo Matematico di Palermo
Results in Mathematics
Spatial Statistics
Statistical Methods in Medical Research
Taiwanese Journal of Mathematics
Topological Methods in Nonlinear Analysis
Ukrainian Mathematical Journal
"""
