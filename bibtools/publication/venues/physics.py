"""Journals of physics and astronomy; the notation is that of :mod:`bibtools.publication.titles`."""

TITLES = """
Physical Review A | =PRA | =Phys Rev A
Physical Review B | =PRB
Physical Review C | =PRC
Physical Review D | =PRD
Physical Review E | =PRE
Physical Review X | =PRX [e]
Physical Review Letters | =PRL
Physical Review Research [e]
Physical Review Applied [e]
Physical Review Fluids [e]
Physical Review Materials [e]
Physical Review Accelerators and Beams [e]
Physical Review Special Topics - Accelerators and Beams | Physical Review ST Accelerators and Beams [e]
Physical Review Physics Education Research [e]
PRX Quantum [e]
PRX Energy [e]
PRX Life [e]
Reviews of Modern Physics | =RMP
Physics Letters A | =PLA
Physics Letters B | =PLB
Nuclear Physics A | =NPA
Nuclear Physics B | =NPB
Nuclear Physics B - Proceedings Supplements | Nuclear Physics Proceedings Supplements | Nuclear Physics B Proceedings Supplements | =Nucl Phys Proc Suppl | =Nucl Phys B Proc Suppl
Nuclear and Particle Physics Proceedings | Nuclear Particle Physics Proceedings
Nuclear Physics News
Physics Reports | =Phys Rept | =Phys Repts
Reports on Progress in Physics | =Rept Prog Phys | =Rep Prog Phys
Reports on Mathematical Physics | =Rept Math Phys
Progress in Particle and Nuclear Physics
Progress of Theoretical Physics | =Prog Theo Phys
Progress of Theoretical Physics Supplement
Progress of Theoretical and Experimental Physics | =PTEP [e]
Annual Review of Nuclear and Particle Science
Annual Review of Condensed Matter Physics
Annual Review of Fluid Mechanics
Annual Review of Astronomy and Astrophysics | =ARAA | =ARAandA
Annual Review of Physical Chemistry
Annals of Physics | =Annals Phys | =Ann Phys NY | =Ann Phys N Y | =Annals Phys NY
Annalen der Physik | Annalen der Physik Berlin | Annalen der Physik Leipzig | =Ann Phys Berlin | =Ann Phys Leipzig | =Annalen Phys
Journal of High Energy Physics | =JHEP | J High Energ Phys [m e]
Journal of Cosmology and Astroparticle Physics | =JCAP [m e]
Journal of Instrumentation | =JINST [e]
Journal of Statistical Mechanics: Theory and Experiment | Journal of Statistical Mechanics | =JSTAT [y e]
Proceedings of Science | =PoS [pos e]
The European Physical Journal A | The European Physical Journal A: Hadrons and Nuclei | =EPJA [e2012]
The European Physical Journal B | =EPJB [e2013]
The European Physical Journal C | =EPJC [e2012]
The European Physical Journal D | =EPJD [e2013]
The European Physical Journal E | =EPJE [e2010]
The European Physical Journal H
The European Physical Journal Plus | =EPJ Plus [e]
The European Physical Journal Special Topics | =Eur Phys J ST | =EPJST
EPJ Web of Conferences | =EPJ Web Conf [e]
EPJ Quantum Technology [e]
EPJ Data Science [e]
Europhysics Letters | =EPL | EPL Europhysics Letters [e2006]
Journal of Physics A: Mathematical and Theoretical | Journal of Physics A | Journal of Physics A: Mathematical and General | =J Phys A Math Theo | =J Phys A Math [from2007]
Journal of Physics A: Mathematical and General | Journal of Physics A | Journal of Physics A: Mathematical and Theoretical [to2006]
Journal of Physics B: Atomic, Molecular and Optical Physics | Journal of Physics B | J Phys B At Mol Opt Phys | J Phys B At Mol Opt | J Phys B Atomic Molecular Optical
Journal of Physics C: Solid State Physics | Journal of Physics C
Journal of Physics D: Applied Physics | Journal of Physics D
Journal of Physics F: Metal Physics | Journal of Physics F
Journal of Physics G: Nuclear and Particle Physics | Journal of Physics G | =J Phys G Nucl Part | =J Phys G Nucl Part Phys | Journal of Physics G: Nuclear Physics
Journal of Physics: Condensed Matter | =JPCM | =J Phys Cond Mat | =J Phys Condens Matt
Journal of Physics: Conference Series | =JPCS | =J Phys Conf Ser
Journal of Physics: Complexity [e]
Journal of Physics: Materials [e]
Journal of Physics and Chemistry of Solids
Journal of Physics Communications [e]
Journal of the Physical Society of Japan | =J Phys Soc Jpn | =J Phys Soc Jap | =JPSJ
Journal of the Korean Physical Society
Journal of Experimental and Theoretical Physics | =JETP | J Exp Theor Phys JETP
Zhurnal Èksperimental'noĭ i Teoreticheskoĭ Fiziki | =Zh Eksp Teor Fiz | =ZhETF | =Zhurnal Eksp Teor Fiz [ru:Journal of Experimental and Theoretical Physics]
Pis'ma v Zhurnal Èksperimental'noĭ i Teoreticheskoĭ Fiziki | =Pisma Zh Eksp Teor Fiz | =Pisma v Zh Eksp Teor Fiz | =Pisma v ZhETF | =Pisma ZhETF | =Pisma v Zhurnal Eksp Teor Fiz [ru:JETP Letters]
JETP Letters | =JETP Lett
Theoretical and Mathematical Physics
Teoreticheskaya i Matematicheskaya Fizika | =Teor Mat Fiz | =TMF [ru:Theoretical and Mathematical Physics]
Physics of Atomic Nuclei | =Phys Atom Nucl | =Phys At Nucl
Yadernaya Fizika | =Yad Fiz [ru:Physics of Atomic Nuclei]
Physics of Particles and Nuclei | =Phys Part Nucl
Physics of Particles and Nuclei Letters | =Phys Part Nucl Lett
Physics-Uspekhi | =Phys Usp | =Physics Usp
Uspekhi Fizicheskikh Nauk | =Usp Fiz Nauk | =UFN [ru:Physics-Uspekhi]
Astronomy Letters | =Astron Lett
Pis'ma v Astronomicheskiĭ Zhurnal | =Pisma Astron Zh | =Pisma v Astron Zh [ru:Astronomy Letters]
Astronomy Reports | =Astron Rep
Astronomicheskiĭ Zhurnal | =Astron Zh [ru:Astronomy Reports]
Physics of the Solid State
Fizika Tverdogo Tela | =Fiz Tverd Tela [ru:Physics of the Solid State]
Low Temperature Physics
Fizika Nizkikh Temperatur | =Fiz Nizk Temp [ru:Low Temperature Physics]
Quantum Electronics
Kvantovaya Elektronika [ru:Quantum Electronics]
Optics and Spectroscopy
Semiconductors
Technical Physics
Technical Physics Letters
Doklady Physics
Gravitation and Cosmology
General Relativity and Gravitation | =GRG
Classical and Quantum Gravity | =CQG
Living Reviews in Relativity [e]
International Journal of Modern Physics A | =IJMPA
International Journal of Modern Physics B | =IJMPB
International Journal of Modern Physics C | =IJMPC
International Journal of Modern Physics D | =IJMPD
International Journal of Modern Physics E | =IJMPE
International Journal of Modern Physics: Conference Series | =Int J Mod Phys Conf Ser
International Journal of Theoretical Physics | =IJTP
International Journal of Geometric Methods in Modern Physics | =IJGMMP
International Journal of Quantum Information
International Journal of Quantum Chemistry
International Journal of Solids and Structures
International Journal of Heat and Mass Transfer
International Journal of Multiphase Flow
International Journal of Engineering Science
International Journal of Astrobiology
Modern Physics Letters A | =MPLA
Modern Physics Letters B | =MPLB
Communications in Mathematical Physics
Communications in Theoretical Physics
Communications Physics | =Commun Phys [e]
Journal of Mathematical Physics
Letters in Mathematical Physics
Reviews in Mathematical Physics
Reviews in Physics
Mathematical Physics, Analysis and Geometry
Journal of Geometry and Physics
Journal of Nonlinear Mathematical Physics
Journal of Mathematical Physics, Analysis, Geometry
Journal of Statistical Physics
Annales Henri Poincaré
Symmetry, Integrability and Geometry: Methods and Applications | =SIGMA [e]
Advances in Theoretical and Mathematical Physics
Advances in High Energy Physics [e]
Advances in Physics
Advances in Physics: X
Foundations of Physics
Foundations of Physics Letters
Fortschritte der Physik
Acta Physica Polonica A | =Acta Phys Pol A
Acta Physica Polonica B
Acta Physica Polonica B Proceedings Supplement | =Acta Phys Polon Supp | =Acta Phys Polon Suppl | =Acta Phys Polon B Supp
Acta Physica Slovaca
Acta Physica Sinica
Acta Materialia
Scripta Materialia
Czechoslovak Journal of Physics
Brazilian Journal of Physics
Bulgarian Journal of Physics
Romanian Journal of Physics
Romanian Reports in Physics
Turkish Journal of Physics
Ukrainian Journal of Physics
Canadian Journal of Physics
Central European Journal of Physics
Chinese Physics B
Chinese Physics C
Chinese Physics Letters | =Chin Phys Lett
Chinese Journal of Physics
Indian Journal of Physics
Pramana | Pramana Journal of Physics | =Pramana J Phys
Few-Body Systems
Hyperfine Interactions
Physica A | Physica A: Statistical Mechanics and its Applications
Physica B | Physica B: Condensed Matter
Physica C | Physica C: Superconductivity | Physica C: Superconductivity and its Applications
Physica D | Physica D: Nonlinear Phenomena
Physica E | Physica E: Low-dimensional Systems and Nanostructures
Physica Scripta
physica status solidi (a)
physica status solidi (b)
physica status solidi (c)
Philosophical Magazine
Philosophical Magazine Letters
Philosophical Magazine A
Philosophical Magazine B
Contemporary Physics
American Journal of Physics
European Journal of Physics
Physics Education
Physics Today
Physics World
The Physics Teacher
Physics in Perspective
Physics of Fluids | =Phys Fluids
Physics of Plasmas
Physics of the Dark Universe [e2014]
Physics of the Earth and Planetary Interiors
Physics of Life Reviews
Journal of Plasma Physics
Plasma Physics and Controlled Fusion
Plasma Sources Science and Technology
Nuclear Fusion
Fusion Engineering and Design
Journal of Fluid Mechanics | =JFM
Journal of Turbulence
Experiments in Fluids
Flow, Turbulence and Combustion
Combustion and Flame
European Journal of Mechanics B/Fluids | European Journal of Mechanics - B/Fluids
Journal of Applied Physics
Applied Physics Letters | =APL
Applied Physics A
Applied Physics B | Applied Physics B: Lasers and Optics
Applied Physics Express
Applied Physics Reviews
Japanese Journal of Applied Physics | =Jpn J Appl Phys | =JJAP
AIP Conference Proceedings | =AIP Conf Proc | =AIPConf Proc
AIP Advances [e]
APL Materials [e]
APL Photonics [e]
Review of Scientific Instruments
Measurement Science and Technology
Metrologia
Nuclear Instruments and Methods in Physics Research Section A: Accelerators, Spectrometers, Detectors and Associated Equipment | Nuclear Instruments and Methods A | Nuclear Instruments and Methods in Physics Research A | Nuclear Instruments and Methods in Physics Research Section A | =NIM A | =NIMA | =Nucl Instr Meth A | =Nucl Inst Meth A
Nuclear Instruments and Methods in Physics Research Section B: Beam Interactions with Materials and Atoms | Nuclear Instruments and Methods B | Nuclear Instruments and Methods in Physics Research B | Nuclear Instruments and Methods in Physics Research Section B | =NIM B | =NIMB | =Nucl Instr Meth B
IEEE Transactions on Nuclear Science
IEEE Transactions on Plasma Science
IEEE Transactions on Applied Superconductivity
IEEE Transactions on Magnetics
Superconductor Science and Technology
Journal of Superconductivity and Novel Magnetism
Journal of Low Temperature Physics
Journal of Magnetism and Magnetic Materials | =JMMM
Journal of Magnetic Resonance
Journal of Crystal Growth
Journal of Luminescence
Journal of Materials Science
Journal of Materials Research
Journal of Alloys and Compounds
Journal of Non-Crystalline Solids
Journal of the Mechanics and Physics of Solids
Journal of Rheology
Journal of Non-Newtonian Fluid Mechanics
Modelling and Simulation in Materials Science and Engineering
Computational Materials Science
Materials Science and Engineering A
Materials Science and Engineering B
Materials Letters
Thin Solid Films
Surface Science
Surface Science Reports
Applied Surface Science
Solid State Communications
Solid State Ionics
Solid State Sciences
Semiconductor Science and Technology
Nanotechnology
Nanoscale
Nano Letters
Nano Research
ACS Nano
Small
Carbon
Soft Matter
Soft Materials
Granular Matter
Journal of Nanophotonics [e]
Journal of Nanoparticle Research
Journal of Nanoscience and Nanotechnology
Journal of Modern Optics
Journal of Optics | =J Opt
Journal of Optics A: Pure and Applied Optics | Journal of Optics A
Journal of Optics B: Quantum and Semiclassical Optics | Journal of Optics B
Journal of the Optical Society of America A | =JOSA A | =J Opt Soc Am A
Journal of the Optical Society of America B | =JOSA B | =J Opt Soc Am B
Journal of the European Optical Society: Rapid Publications | =JEOS RP [e]
Journal of Lightwave Technology
Journal of Biomedical Optics
Optics Communications
Optics Express
Optics Letters | =Opt Lett
Optics and Laser Technology
Optics and Lasers in Engineering
Optica
Optical Engineering
Optical Materials Express
Applied Optics
Laser Physics
Laser Physics Letters
Laser & Photonics Reviews
Nanophotonics
Photonics Research
ACS Photonics
IEEE Photonics Technology Letters
IEEE Journal of Quantum Electronics
IEEE Journal of Selected Topics in Quantum Electronics
Quantum Information & Computation | =QIC
Quantum Information Processing
Quantum Science and Technology [e]
Quantum | Quantum Journal [e]
Quantum Studies: Mathematics and Foundations
npj Quantum Information [e]
npj Quantum Materials [e]
npj Computational Materials [e]
Advanced Quantum Technologies
SciPost Physics | =SciPost Phys [e]
SciPost Physics Core [e]
SciPost Physics Lecture Notes [e]
SciPost Physics Proceedings [e]
SciPost Physics Codebases [e]
New Journal of Physics | =NJP [e]
Machine Learning: Science and Technology | =Mach Learn Sci Technol [e]
Computing and Software for Big Science [e]
Computer Physics Communications | =CPC
Journal of Computational Physics
Computing in Science & Engineering
Chaos | Chaos: An Interdisciplinary Journal of Nonlinear Science
Chaos, Solitons & Fractals
Nonlinearity
Nonlinear Dynamics
Nonlinear Processes in Geophysics
Communications in Nonlinear Science and Numerical Simulation
Journal of Nonlinear Science
Regular and Chaotic Dynamics
Wave Motion
Fractals
Electronic Journal of Theoretical Physics
Acta Physica Hungarica A
Journal of Quantitative Spectroscopy and Radiative Transfer | =J Quant Spectr Rad Transf | =J Quant Spectrosc Radiat Transf | =JQSRT
Journal of Molecular Spectroscopy
Atomic Data and Nuclear Data Tables | =Atom Data Nucl Data Tabl
Nuclear Data Sheets
Nuclear Science and Engineering
Nuclear Engineering and Design
Annals of Nuclear Energy
Radiation Physics and Chemistry
Radiation Measurements
Physics in Medicine & Biology
Medical Physics
Physical Biology
Biophysical Journal
European Biophysics Journal
Tribology Letters
Particles [e]
Universe [e]
Galaxies [e]
Symmetry [e]
Entropy [e]
Atoms [e]
The Astrophysical Journal | =ApJ | =Ap J [e2011]
The Astrophysical Journal Letters | =ApJL | =ApJ Lett | =ApJ Letters | =Astrophys J Lett | =Ap J Lett
The Astrophysical Journal Supplement Series | The Astrophysical Journal Supplement | =ApJS | =ApJ Suppl | =ApJSS | =Astrophys J Supp | =ApJ Supplement | =ApJ Supp [e2011]
The Astronomical Journal | =AJ [e2011]
Monthly Notices of the Royal Astronomical Society | =MNRAS | =MNRaS | =Mon Not R Astron Soc | =Mon Not R Astr Soc
Monthly Notices of the Royal Astronomical Society: Letters | =MNRAS Lett | =MNRASL | =MNRAS Letters | =Mon Not Roy Astron Soc Lett
Astronomy & Astrophysics | =AandA | =A and A [aanda]
Astronomy and Astrophysics Supplement Series | =AandAS | =A and AS | =Astron Astrophys Suppl Ser | =Astron Astrophys Suppl
The Astronomy and Astrophysics Review | =AandARv | =A and A Rv
Astronomy and Computing
Astronomy & Geophysics
Astronomische Nachrichten | =AN
Astrophysics and Space Science | =Ap and SS | =ApandSS
Astrophysics and Space Sciences Transactions
Astrophysics
Astrofizika [ru:Astrophysics]
Astroparticle Physics
Astrobiology
Icarus
The Planetary Science Journal [e]
Planetary and Space Science
Publications of the Astronomical Society of the Pacific | =PASP
Publications of the Astronomical Society of Japan | =PASJ | =Publ Astron Soc Jap | =Publ Astron Soc Jpn
Publications of the Astronomical Society of Australia | =PASA
Bulletin of the Astronomical Society of India | =Bull Astr Soc India | =BASI
Research in Astronomy and Astrophysics | =RAA
Chinese Journal of Astronomy and Astrophysics | =ChJAA | =Chin J Astron Astrophys
Chinese Astronomy and Astrophysics
Journal of Astrophysics and Astronomy
Journal of Astronomical Telescopes, Instruments, and Systems
Journal of Astronomical Instrumentation
Journal of The Korean Astronomical Society
Revista Mexicana de Astronomía y Astrofísica | =RMxAA | =Rev Mex Astron Astrofis
Revista Mexicana de Física
Baltic Astronomy
Acta Astronomica
New Astronomy
New Astronomy Reviews
Nature Astronomy
Space Science Reviews
Space Weather
Solar Physics
Living Reviews in Solar Physics [e]
Celestial Mechanics and Dynamical Astronomy
Experimental Astronomy
Earth, Moon, and Planets
Advances in Space Research
The Open Journal of Astrophysics
Meteoritics & Planetary Science
Memorie della Società Astronomica Italiana | =Mem Soc Ast It | =MmSAI | =Mem SAIt | =MemSAIt
Il Nuovo Cimento A | Nuovo Cimento A
Il Nuovo Cimento B | Nuovo Cimento B
Il Nuovo Cimento C | Nuovo Cimento C
La Rivista del Nuovo Cimento | Rivista del Nuovo Cimento | Rivista Nuovo Cimento
Progress in Physics
Fizika A
Fizika B
Progress in Quantum Electronics
Progress in Optics
Progress in Surface Science
Progress in Nuclear Energy
Progress in Electromagnetics Research | Progress in Electromagnetics Research PIER
Journal of Russian Laser Research
Journal of Physics: Photonics [e]
Journal of Physics: Energy [e]
Journal of Vacuum Science & Technology A
Journal of Vacuum Science & Technology B
Journal of Sound and Vibration
Journal of Applied Mechanics
Journal of Electronic Materials
Journal of Microscopy
Advances in Optics and Photonics
Advances in Astronomy [e]
Advances in Condensed Matter Physics [e]
Light: Science & Applications [e]
Acta Mechanica
Acta Physica Polonica
Computers & Fluids
Fluid Dynamics Research
Frontiers of Physics
International Journal of Heat and Fluid Flow
International Journal of Non-Linear Mechanics
Theoretical and Computational Fluid Dynamics
Ferroelectrics
Phase Transitions
Liquid Crystals
Molecular Crystals and Liquid Crystals
Synthetic Metals
Organic Electronics
Diamond and Related Materials
Solid-State Electronics
Microelectronic Engineering
Ultramicroscopy
Microscopy and Microanalysis
Nuclear Technology
Radiation Effects and Defects in Solids
Serbian Astronomical Journal | =Serb Astron J
Astronomical & Astrophysical Transactions
Astrophysical Bulletin
Research Notes of the AAS | =RNAAS [e]
Bulletin of the American Astronomical Society | =BAAS
Journal of the British Astronomical Association
Journal of the Royal Astronomical Society of Canada
Information Bulletin on Variable Stars | =IBVS
Contributions of the Astronomical Observatory Skalnaté Pleso
Communications in Asteroseismology
"""
