"""General, life, chemical, earth and social sciences; the notation is that of :mod:`bibtools.publication.titles`."""

TITLES = """
Nature
Nature Biotechnology
Nature Chemistry
Nature Climate Change
Nature Communications [e]
Nature Computational Science
Nature Ecology & Evolution
Nature Electronics
Nature Energy
Nature Genetics
Nature Geoscience
Nature Human Behaviour
Nature Machine Intelligence
Nature Materials
Nature Medicine
Nature Methods
Nature Nanotechnology
Nature Neuroscience
Nature Photonics
Nature Physics
Nature Reviews Physics
Nature Reviews Genetics
Nature Reviews Materials
Nature Reviews Neuroscience
Nature Structural & Molecular Biology
Nature Sustainability
Science
Science Advances [e]
Science Robotics [e]
Science China Mathematics
Science China Information Sciences
Science China Physics, Mechanics & Astronomy
Scientific Reports [e]
Scientific Data [e]
Scientific American
Scientometrics
Cell
Cell Reports [e]
Cell Systems
Neuron
eLife [e]
Current Biology
iScience [e]
Patterns [e]
Heliyon [e]
PeerJ [e]
PeerJ Computer Science [e]
PLOS ONE | PLoS ONE [e]
PLoS Biology [e2006]
PLoS Computational Biology [e2007]
PLoS Genetics [e2007]
PLoS Medicine [e]
PLoS Neglected Tropical Diseases [e]
Royal Society Open Science [e]
Proceedings of the National Academy of Sciences | Proceedings of the National Academy of Sciences of the United States of America | Proceedings of the National Academy of Sciences USA | =PNAS | =PNAS USA | =Proc Nat Acad Sci | =Proc Nat Acad Sci USA | =Proc Natl Acad Sci U S A
PNAS Nexus [e]
Proceedings of the Royal Society A: Mathematical, Physical and Engineering Sciences | Proceedings of the Royal Society A | Proceedings of the Royal Society of London A | Proceedings of the Royal Society of London Series A
Proceedings of the Royal Society B: Biological Sciences | Proceedings of the Royal Society B | Proceedings of the Royal Society of London B
Philosophical Transactions of the Royal Society A: Mathematical, Physical and Engineering Sciences | Philosophical Transactions of the Royal Society A | Philosophical Transactions of the Royal Society of London A | =Phil Trans A
Philosophical Transactions of the Royal Society B: Biological Sciences | Philosophical Transactions of the Royal Society B
Journal of the Royal Society Interface | Journal of the Royal Society: Interface
Biology Letters
Interface Focus
Current Science
Comptes Rendus Physique
Comptes Rendus Mathématique
Naturwissenschaften
Complexity
Advances in Complex Systems
Journal of Complex Networks
Network Science
Applied Network Science [e]
Bioinformatics
BMC Bioinformatics [e]
BMC Genomics [e]
BMC Systems Biology [e]
BMC Medical Informatics and Decision Making [e]
Genome Biology
Genome Research
Genetics
Nucleic Acids Research
Systematic Biology
Molecular Biology and Evolution
Evolution
Ecology Letters
The American Naturalist
Theoretical Population Biology
Theory in Biosciences
Journal of Theoretical Biology
Journal of Computational Biology
Journal of Molecular Biology
Journal of Evolutionary Biology
Journal of Biological Physics
Bulletin of Mathematical Biology
BioSystems
Algorithms for Molecular Biology [e]
Biochimica et Biophysica Acta
Biopolymers
Proteins: Structure, Function, and Bioinformatics | =Proteins
Protein Science
FEBS Letters
Journal of Neuroscience | The Journal of Neuroscience
Journal of Neurophysiology
Journal of Computational Neuroscience
Journal of Neuroscience Methods
Journal of Neural Engineering
Journal of Vision
European Journal of Neuroscience
NeuroImage
NeuroImage: Clinical
Human Brain Mapping
Cerebral Cortex
Brain
Biological Cybernetics
Trends in Cognitive Sciences
Cognition
Cognitive Science
Cognitive Neurodynamics
Psychological Review
Frontiers in Computational Neuroscience [e]
Frontiers in Neuroscience [e]
Frontiers in Neuroinformatics [e]
Frontiers in Physics [e]
Frontiers in Robotics and AI [e]
Frontiers in Artificial Intelligence [e]
Frontiers in Applied Mathematics and Statistics [e]
Frontiers in Astronomy and Space Sciences [e]
Frontiers in Big Data [e]
Frontiers in Psychology [e]
Magnetic Resonance in Medicine
Medical Image Analysis
The Lancet
The Lancet Digital Health
npj Digital Medicine [e]
JAMA
Journal of the American Medical Informatics Association | =JAMIA
Journal of Biomedical Informatics
Journal of Medical Internet Research | =JMIR [e]
Artificial Intelligence in Medicine
Computers in Biology and Medicine
Computer Methods and Programs in Biomedicine
Journal of the American Chemical Society | =JACS
Angewandte Chemie International Edition
Angewandte Chemie
The Journal of Chemical Physics
The Journal of Physical Chemistry A
The Journal of Physical Chemistry B
The Journal of Physical Chemistry C
The Journal of Physical Chemistry Letters
Journal of Chemical Theory and Computation | =JCTC
Journal of Chemical Information and Modeling
Journal of Computational Chemistry
Journal of Cheminformatics [e]
Journal of Mathematical Chemistry
Journal of Molecular Liquids
Journal of Molecular Structure
Journal of Materials Chemistry A
Journal of Materials Chemistry C
Journal of Colloid and Interface Science
Journal of Polymer Science Part B: Polymer Physics
Journal of the Electrochemical Society
Journal of Power Sources
Journal of the Chinese Chemical Society
Chemical Physics
Chemical Physics Letters
Chemical Reviews
Chemical Science
Chemical Communications
Chemical Engineering Science
Chemistry of Materials
ChemPhysChem
Physical Chemistry Chemical Physics | =PCCP
Molecular Physics
Molecular Simulation
Molecules [e]
Accounts of Chemical Research
Advanced Materials
Advanced Functional Materials
ACS Central Science
ACS Applied Materials & Interfaces
Inorganic Chemistry
Langmuir
Macromolecules
Polymer
Electrochimica Acta
Energy and Fuels | Energy & Fuels
Digital Discovery
Theoretical Chemistry Accounts
WIREs Computational Molecular Science
Acta Crystallographica Section A
Journal of Applied Crystallography
Journal of Synchrotron Radiation
Geophysical Research Letters | =GRL
Geophysical Journal International
Geophysics
Journal of Geophysical Research
Journal of Geophysical Research: Atmospheres
Journal of Geophysical Research: Oceans
Journal of Geophysical Research: Space Physics
Journal of Geophysical Research: Solid Earth
Journal of Geophysical Research: Planets
Bulletin of the Seismological Society of America | =BSSA
Pure and Applied Geophysics
Tectonophysics
Earth and Planetary Science Letters | =EPSL
Geochimica et Cosmochimica Acta
Geoscientific Model Development
Annales Geophysicae
Surveys in Geophysics
Water Resources Research
Advances in Water Resources
Hydrology and Earth System Sciences
Journal of Hydrology
Journal of Climate
Journal of the Atmospheric Sciences
Journal of Physical Oceanography
Journal of Atmospheric and Solar-Terrestrial Physics
Journal of Advances in Modeling Earth Systems | =JAMES
Quarterly Journal of the Royal Meteorological Society
Monthly Weather Review
Bulletin of the American Meteorological Society
Atmospheric Chemistry and Physics
Climate Dynamics
Remote Sensing of Environment
Environmental Research Letters [e]
Environmental Modelling & Software
Remote Sensing [e]
Sensors [e]
Applied Sciences [e]
Electronics [e]
Information [e]
Algorithms [e]
Energies [e]
Sustainability [e]
Applied Energy
Energy
Transportation Research Part B: Methodological | Transportation Research Part B
Transportation Research Part C: Emerging Technologies | Transportation Research Part C
Studies in History and Philosophy of Modern Physics
Studies in History and Philosophy of Science
Philosophy of Science
The British Journal for the Philosophy of Science
Synthese
Erkenntnis
Minds and Machines
Foundations of Science
Theory and Decision
Social Networks
Social Choice and Welfare
American Economic Review
The Quarterly Journal of Economics
The Review of Economic Studies
Journal of Informetrics
Journal of Artificial Societies and Social Simulation | =JASSS
Advanced Science
Advanced Optical Materials
ACS Applied Nano Materials
Materials Today
Materials [e]
Nanomaterials [e]
Nano Energy
Evolutionary Ecology Research
Trends in Ecology & Evolution
Journal of Political Economy
Journal of Economic Behavior & Organization
Journal of Banking & Finance
Economics Letters
Economic Theory
The New England Journal of Medicine
"""
