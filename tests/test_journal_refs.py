"""What arXiv's `journal_ref` says, field by field. The texts are invented, after the habits of each field."""

from __future__ import annotations

import dataclasses
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools.publication import Publication, parse
from bibtools.publication.titles import Index, read_table
from bibtools.publication.venues import computing, mathematics, physics, science
from bibtools.publication.venues import meetings as conferences

PMLR = "Proceedings of Machine Learning Research"
LNCS = "Lecture Notes in Computer Science"
NEURIPS = "Advances in Neural Information Processing Systems"


def article(venue, volume, place, year, number="", **more):
    """`place` is pages, or with `#` the number of an article."""
    where = {"eid": place[1:]} if place.startswith("#") else {"pages": place}
    return Publication(entry_type="article", venue=venue, volume=volume, year=year, number=number, **where, **more)


def paper(venue, year, pages="", **more):
    return Publication(entry_type="inproceedings", venue=venue, year=year, pages=pages, **more)


PRD, PRL, PRB = "Physical Review D", "Physical Review Letters", "Physical Review B"
PHYSICS = {
    "Phys.Rev.D76:013019,2007": article(PRD, "76", "#013019", 2007),
    "Phys.Rev. D76 (2007) 013019": article(PRD, "76", "#013019", 2007),
    "Phys. Rev. D 76, 013019 (2007)": article(PRD, "76", "#013019", 2007),
    "Phys. Rev. D, 76, 013019, 2007": article(PRD, "76", "#013019", 2007),
    "Phys. Rev. D, vol. 76, p. 013019, 2007": article(PRD, "76", "#013019", 2007),
    "PRD 76, 013019 (2007)": article(PRD, "76", "#013019", 2007),
    "PHYSICAL REVIEW D 76, 013019 (2007)": article(PRD, "76", "#013019", 2007),
    "Physical Review D 76(1), 013019, July 2007": article(PRD, "76", "#013019", 2007, "1", month=7),
    "Phys.Rev.D {\\bf 76} (2007) 013019": article(PRD, "76", "#013019", 2007),
    "Phys. Rev. D50 (2007) 4404-4415": article(PRD, "50", "4404--4415", 2007),
    "Phys. Rev. Lett, 98, 186801 (2007)": article(PRL, "98", "#186801", 2007),
    "Phys. Rev. Lett. 98 (2007), 186801": article(PRL, "98", "#186801", 2007),
    "Phys.Rev.Lett. 98 (18), 186801 (2007)": article(PRL, "98", "#186801", 2007, "18"),
    "Physical Review Letters 98.18 (2007): 186801": article(PRL, "98", "#186801", 2007, "18"),
    "Phys. Rev. B 76, 081411(R) (2007)": article(PRB, "76", "#081411", 2007),
    "Phys. Rev. B 76 (Rapid Communication), 081411 (2007)": article(PRB, "76", "#081411", 2007),
    "Phys. Rev. B 75, 132011 (2007) (4 pages)": article(PRB, "75", "#132011", 2007),
    "Phys. Rev. B 75, 132011 (2007); doi:10.1103/PhysRevB.75.132011": article(
        PRB, "75", "#132011", 2007, doi="10.1103/PhysRevB.75.132011"
    ),
    "Phys.Lett.B652:303-312,2007": article("Physics Letters B", "652", "303--312", 2007),
    "Phys. Lett. B 652 (2007) 203": article("Physics Letters B", "652", "203", 2007),
    "Nucl. Phys. B 780 (2007) 1": article("Nuclear Physics B", "780", "1", 2007),
    "Nucl.Phys.Proc.Suppl.168:5-8,2007": article(
        "Nuclear Physics B - Proceedings Supplements", "168", "5--8", 2007
    ),
    "Nucl.Phys. B (Proc. Suppl.) 168 (2007) 5": article(
        "Nuclear Physics B - Proceedings Supplements", "168", "5", 2007
    ),
    "Eur.Phys.J.C50:607-618,2007": article("The European Physical Journal C", "50", "607--618", 2007),
    "Eur. Phys. J. C (2015) 75:212": article("The European Physical Journal C", "75", "#212", 2015),
    "Eur. Phys. J. - B, 56, 279-289 (2007)": article("The European Physical Journal B", "56", "279--289", 2007),
    "JHEP 0706:045,2007": article("Journal of High Energy Physics", "06", "#045", 2007),
    "JHEP 06 (2007) 045": article("Journal of High Energy Physics", "06", "#045", 2007),
    "JHEP06(2007)045": article("Journal of High Energy Physics", "06", "#045", 2007),
    "JHEP 0706 (2007) 045": article("Journal of High Energy Physics", "06", "#045", 2007),
    "J. High Energ. Phys. 2015, 45 (2015)": article("Journal of High Energy Physics", "2015", "#45", 2015),
    "Journal of High Energy Physics 2015 (06), 45 (2015)": article(
        "Journal of High Energy Physics", "06", "#45", 2015
    ),
    "JCAP 0708:014,2007": article("Journal of Cosmology and Astroparticle Physics", "08", "#014", 2007),
    "JCAP08(2007)014": article("Journal of Cosmology and Astroparticle Physics", "08", "#014", 2007),
    "JINST 2:P05003,2007": article("Journal of Instrumentation", "2", "#P05003", 2007),
    "J.Stat.Mech.0707:P07001,2007": article(
        "Journal of Statistical Mechanics: Theory and Experiment", "", "#P07001", 2007
    ),
    "J. Stat. Mech. (2007) P07001": article(
        "Journal of Statistical Mechanics: Theory and Experiment", "", "#P07001", 2007
    ),
    "PoS LAT2007:123,2007": article("Proceedings of Science", "LAT2007", "#123", 2007),
    "PoS(LATTICE 2007)123, 2007": article("Proceedings of Science", "LATTICE2007", "#123", 2007),
    "PoS ICRC2015 (2015) 1021": article("Proceedings of Science", "ICRC2015", "#1021", 2015),
    "J.Phys.A40:6911-6926,2007": article(
        "Journal of Physics A: Mathematical and Theoretical", "40", "6911--6926", 2007
    ),
    "J. Phys. A: Math. Gen. 39 (2006) 8247": article(
        "Journal of Physics A: Mathematical and General", "39", "8247", 2006
    ),
    "J. Phys. A: Math. Theor. 40 8839-8850 (2007)": article(
        "Journal of Physics A: Mathematical and Theoretical", "40", "8839--8850", 2007
    ),
    "J. Phys.: Condens. Matter 20 (2008) 055241": article(
        "Journal of Physics: Condensed Matter", "20", "#055241", 2008
    ),
    "Journal of Physics: Conference Series 110, 8 (2008) 082031": article(
        "Journal of Physics: Conference Series", "110", "#082031", 2008, "8"
    ),
    "J. Phys. Soc. Jpn. 76, 073740-(1-4) (2007)": article(
        "Journal of the Physical Society of Japan", "76", "#073740", 2007
    ),
    "2009 Chinese Phys. B 18 606-615": article("Chinese Physics B", "18", "606--615", 2009),
    "New J. Phys. 9 (2007) 287": article("New Journal of Physics", "9", "#287", 2007),
    "Class.Quant.Grav.24:S1-S15,2007": article("Classical and Quantum Gravity", "24", "S1--S15", 2007),
    "Int.J.Mod.Phys.E16:2006-2017,2007": article(
        "International Journal of Modern Physics E", "16", "2006--2017", 2007
    ),
    "AIP Conf.Proc.921:29-33,2007": article("AIP Conference Proceedings", "921", "29--33", 2007),
    "Phys.Rept.442:1-50,2007": article("Physics Reports", "442", "1--50", 2007),
    "Annals Phys.322:1-10,2007": article("Annals of Physics", "322", "1--10", 2007),
    "Ann. Phys. (N.Y.) 322, 1 (2007)": article("Annals of Physics", "322", "1", 2007),
    "Nucl. Instrum. Meth. A 570 (2007) 1-5": article(
        "Nuclear Instruments and Methods in Physics Research Section A: Accelerators, Spectrometers, Detectors and"
        " Associated Equipment", "570", "1--5", 2007,
    ),
    "SIGMA 3 (2007), 100, 13 pages": article(
        "Symmetry, Integrability and Geometry: Methods and Applications", "3", "#100", 2007
    ),
    "SciPost Phys. 8, 042 (2015)": article("SciPost Physics", "8", "#042", 2015),
    "Quantum 4, 263 (2015)": article("Quantum", "4", "#263", 2015),
    "Rev. Mod. Phys. 79, 1015 (2007)": article("Reviews of Modern Physics", "79", "1015", 2007),
}  # fmt: skip
APJ, AANDA = "The Astrophysical Journal", "Astronomy & Astrophysics"
ASTRONOMY = {
    "Astrophys.J.663:673-682,2007": article(APJ, "663", "673--682", 2007),
    "ApJ 663 (2007) 673": article(APJ, "663", "673", 2007),
    "Astrophys.J.665:L95-L98,2007": article(APJ, "665", "L95--L98", 2007),
    "ApJL, 665, L85 (2007)": article("The Astrophysical Journal Letters", "665", "L85", 2007),
    "2015, ApJ, 805, 12": article(APJ, "805", "#12", 2015),
    "Astrophys.J.Suppl.170:377-408,2007": article(
        "The Astrophysical Journal Supplement Series", "170", "377--408", 2007
    ),
    "Mon.Not.Roy.Astron.Soc.378:311-320,2007": article(
        "Monthly Notices of the Royal Astronomical Society", "378", "311--320", 2007
    ),
    "MNRAS, 378, 311 (2007)": article("Monthly Notices of the Royal Astronomical Society", "378", "311", 2007),
    "Mon.Not.Roy.Astron.Soc.Lett.378:L11-L15,2007": article(
        "Monthly Notices of the Royal Astronomical Society: Letters", "378", "L11--L15", 2007
    ),
    "MNRAS 450, 1514-1520 (June 2015)": article(
        "Monthly Notices of the Royal Astronomical Society", "450", "1514--1520", 2015, month=6
    ),
    "A&A 473 (2007) 805": article(AANDA, "473", "805", 2007),
    "A&A 577, A13 (2015)": article(AANDA, "577", "#A13", 2015),
    "A&A, Volume 577, id.A13, 12 pp., 2015": article(AANDA, "577", "#A13", 2015),
    "Astron.Astrophys.473:805-810,2007": article(AANDA, "473", "805--810", 2007),
    "Astronomy and Astrophysics, Volume 473, Issue 3, October III 2007, pp.805-810": article(
        AANDA, "473", "805--810", 2007, "3", month=10
    ),
    "AstronomyLetters 33, 1 (2007)": article("Astronomy Letters", "33", "1", 2007),
    "Astron. Nachr. 328 (2007) 5": article("Astronomische Nachrichten", "328", "5", 2007),
    "Publ.Astron.Soc.Pac.119:932,2007": article(
        "Publications of the Astronomical Society of the Pacific", "119", "932", 2007
    ),
}
MATHEMATICS = {
    "Ann. of Math. (2) 166 (2007), no. 3, 1175--1197": article(
        "Annals of Mathematics", "166", "1175--1197", 2007, "3", series="2"
    ),
    "Invent. math. 167 (2007), 1-10": article("Inventiones mathematicae", "167", "1--10", 2007),
    "Trans. Amer. Math. Soc. 359 (2007), no. 10, 4567-4580": article(
        "Transactions of the American Mathematical Society", "359", "4567--4580", 2007, "10"
    ),
    "J. Reine Angew. Math. 602 (2007), 1--20": article(
        "Journal für die reine und angewandte Mathematik", "602", "1--20", 2007
    ),
    "Comm. Math. Phys. 270 (2007), no. 1, 197-231": article(
        "Communications in Mathematical Physics", "270", "197--231", 2007, "1"
    ),
    "J. London Math. Soc. (2) 76 (2007) 418-440": article(
        "Journal of the London Mathematical Society", "76", "418--440", 2007, series="2"
    ),
    "Annals of Applied Probability 2007, Vol. 17, No. 2, 619-635": article(
        "The Annals of Applied Probability", "17", "619--635", 2007, "2"
    ),
    "Ergodic Theory and Dynamical Systems, Volume 27, Issue 06, Dec. 2007, pages 1749--1779.": article(
        "Ergodic Theory and Dynamical Systems", "27", "1749--1779", 2007, "6", month=12
    ),
    "Collect. Math. 58,3 (2007), 319 - 346": article("Collectanea Mathematica", "58", "319--346", 2007, "3"),
    "Transformation Groups, vol. 12 (2007), 389--412.": article("Transformation Groups", "12", "389--412", 2007),
    "Linear Algebra and its Applications, Vol. 426, Issues 2-3 (15 October 2007), pp. 498-550": article(
        "Linear Algebra and its Applications", "426", "498--550", 2007, "2--3", month=10
    ),
    "Geom. Topol. 11 (2007) 1255-1288": article("Geometry & Topology", "11", "1255--1288", 2007),
    "Algebr. Geom. Topol. 7 (2007) 1-25": article("Algebraic & Geometric Topology", "7", "1--25", 2007),
    "J. Combin. Theory Ser. A 114 (2007), 1-15": article(
        "Journal of Combinatorial Theory, Series A", "114", "1--15", 2007
    ),
    "Adv. Math. 212 (2007), 225-260": article("Advances in Mathematics", "212", "225--260", 2007),
    "SIAM J. Comput. 36:5, 2007, pp. 1457-1491": article(
        "SIAM Journal on Computing", "36", "1457--1491", 2007, "5"
    ),
    "Electronic Journal of Combinatorics 14 (2007), #R12": None,
    "Ann. Inst. H. Poincar\\'e Probab. Statist. 43 (2007), no. 3, 281-300": article(
        "Annales de l'Institut Henri Poincaré, Probabilités et Statistiques", "43", "281--300", 2007, "3"
    ),
    "Bull. Amer. Math. Soc. (N.S.) 44 (2007), 1-20": article(
        "Bulletin of the American Mathematical Society", "44", "1--20", 2007, series="N.S."
    ),
}
LEARNING = {
    "Proceedings of the 37th International Conference on Machine Learning, PMLR 119, 2020": paper(
        "Proceedings of the 37th International Conference on Machine Learning", 2020, series=PMLR, volume="119"
    ),
    "Proceedings of the 37th International Conference on Machine Learning, PMLR 119:1597-1607, 2020": paper(
        "Proceedings of the 37th International Conference on Machine Learning",
        2020, "1597--1607", series=PMLR, volume="119",
    ),
    "Proceedings of the 36 th International Conference on Machine Learning, Long Beach, California, PMLR 97, 2019": paper(
        "Proceedings of the 36th International Conference on Machine Learning", 2019, series=PMLR, volume="97"
    ),
    "ICML 2020": paper("Proceedings of the International Conference on Machine Learning", 2020),
    "In Proc. ICML'20": paper("Proceedings of the International Conference on Machine Learning", 2020),
    "International Conference on Machine Learning (ICML), 2020": paper(
        "Proceedings of the International Conference on Machine Learning", 2020
    ),
    "Thirty-seventh International Conference on Machine Learning (ICML 2020), Vienna, Austria": paper(
        "Proceedings of the 37th International Conference on Machine Learning", 2020
    ),
    "Proceedings of the 23rd International Conference on Artificial Intelligence and Statistics (AISTATS) 2020, "
    "Palermo, Italy. PMLR: Volume 108": None,
    "Proceedings of the 23rd International Conference on Artificial Intelligence and Statistics (AISTATS) 2020, "
    "PMLR: Volume 108": paper(
        "Proceedings of the 23rd International Conference on Artificial Intelligence and Statistics",
        2020, series=PMLR, volume="108",
    ),
    "AISTATS 2020": paper("Proceedings of the International Conference on Artificial Intelligence and Statistics", 2020),
    "Proceedings of Thirty Third Conference on Learning Theory, PMLR 125:1-25, 2020": paper(
        "Proceedings of the 33rd Conference on Learning Theory", 2020, "1--25", series=PMLR, volume="125"
    ),
    "Proceedings of Machine Learning Research vol. 125:1-25, 2020": None,
    "Advances in Neural Information Processing Systems 30 (2017)": paper(NEURIPS, 2017, volume="30"),
    "Advances in Neural Information Processing Systems 30, pp. 5998-6008": paper(
        NEURIPS, 2017, "5998--6008", volume="30"
    ),
    "Advances in Neural Information Processing Systems (NeurIPS), 2019": paper(NEURIPS, 2019),
    "Advances in Neural Information Processing Systems 29 (2017)": None,
    "NeurIPS 2023": paper(NEURIPS, 2023),
    "NIPS 2017": paper(NEURIPS, 2017),
    "34th Conference on Neural Information Processing Systems (NeurIPS 2020), Vancouver, Canada": paper(NEURIPS, 2020),
    "NeurIPS 2020 Workshop on Machine Learning for Toys": None,
    "NeurIPS 2020 (spotlight)": None,
    "ICLR 2020": paper("International Conference on Learning Representations", 2020),
    "8th International Conference on Learning Representations, ICLR 2020": paper(
        "8th International Conference on Learning Representations", 2020
    ),
    "ICLR 2020 workshop track": None,
    "Journal of Machine Learning Research 21 (2020) 1-67": article(
        "Journal of Machine Learning Research", "21", "1--67", 2020
    ),
    "Journal of Machine Learning Research, 21(140):1-67, 2020": article(
        "Journal of Machine Learning Research", "21", "1--67", 2020, "140"
    ),
    "JMLR 21(140):1-67, 2020": article("Journal of Machine Learning Research", "21", "1--67", 2020, "140"),
    "Transactions on Machine Learning Research, 2023": article(
        "Transactions on Machine Learning Research", "", "", 2023
    ),
    "Transactions on Machine Learning Research (03/2023)": article(
        "Transactions on Machine Learning Research", "", "", 2023, month=3
    ),
    "AAAI 2020": paper("Proceedings of the AAAI Conference on Artificial Intelligence", 2020),
    "Proceedings of the AAAI Conference on Artificial Intelligence, 34(04), 5149-5156 (2020)": article(
        "Proceedings of the AAAI Conference on Artificial Intelligence", "34", "5149--5156", 2020, "4"
    ),
    "The Thirty-Fourth AAAI Conference on Artificial Intelligence (AAAI-20), New York, USA, 2020": paper(
        "Proceedings of the 34th AAAI Conference on Artificial Intelligence", 2020
    ),
    "Proceedings of the Twenty-Ninth International Joint Conference on Artificial Intelligence (IJCAI-20), "
    "pages 1-7, 2020": paper(
        "Proceedings of the 29th International Joint Conference on Artificial Intelligence", 2020, "1--7"
    ),
}  # fmt: skip
ACL58 = "Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics"
EMNLP20 = "Proceedings of the 2020 Conference on Empirical Methods in Natural Language Processing"
LANGUAGE = {
    "ACL 2020": paper("Proceedings of the Annual Meeting of the Association for Computational Linguistics", 2020),
    f"{ACL58}, pages 7871-7880, 2020": paper(ACL58, 2020, "7871--7880"),
    f"{ACL58} (ACL 2020)": paper(ACL58, 2020),
    "Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics "
    "(Volume 1: Long Papers), July 2020, pp. 12-24": paper(
        f"{ACL58} (Volume 1: Long Papers)", 2020, "12--24", month=7
    ),
    "EMNLP 2020": paper(EMNLP20, 2020),
    f"{EMNLP20} (EMNLP), pages 1-10": paper(EMNLP20, 2020, "1--10"),
    "Findings of the Association for Computational Linguistics: EMNLP 2020, pages 10-20": paper(
        "Findings of the Association for Computational Linguistics: EMNLP 2020", 2020, "10--20"
    ),
    "Findings of EMNLP 2020": paper("Findings of the Association for Computational Linguistics: EMNLP 2020", 2020),
    "EMNLP Findings 2020": paper("Findings of the Association for Computational Linguistics: EMNLP 2020", 2020),
    "Findings of ACL 2023": paper("Findings of the Association for Computational Linguistics: ACL 2023", 2023),
    "EMNLP 2019": paper(
        EMNLP20.replace("2020", "2019") + " and the 9th International Joint Conference on Natural Language Processing",
        2019,
    ),
    "NAACL 2019": paper(
        "Proceedings of the 2019 Conference of the North American Chapter of the Association for Computational"
        " Linguistics: Human Language Technologies", 2019,
    ),
    "Transactions of the Association for Computational Linguistics 8 (2020) 1-16": article(
        "Transactions of the Association for Computational Linguistics", "8", "1--16", 2020
    ),
    "TACL, vol. 8, pp. 1-16, 2020": article(
        "Transactions of the Association for Computational Linguistics", "8", "1--16", 2020
    ),
    "Proc. Interspeech 2020, pp. 5036-5040": paper("Proceedings of Interspeech 2020", 2020, "5036--5040"),
    "Proceedings of the 5th Workshop on Invented Grammars, pages 1-9, 2020": paper(
        "Proceedings of the 5th Workshop on Invented Grammars", 2020, "1--9"
    ),
    "Proceedings of the 5th Workshop on Invented Grammars (WIG 2020), Barcelona, Spain (Online), pp. 1-9": paper(
        "Proceedings of the 5th Workshop on Invented Grammars (WIG 2020)", 2020, "1--9"
    ),
    "5th Workshop on Invented Grammars 2020": None,
}  # fmt: skip
CVPR = "Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition"
IEEE = {
    "IEEE Trans. Inf. Theory, vol. 57, no. 3, pp. 1--10, Mar. 2011": article(
        "IEEE Transactions on Information Theory", "57", "1--10", 2011, "3", month=3
    ),
    "IEEE Transactions on Information Theory 57(3): 1-10 (2011)": article(
        "IEEE Transactions on Information Theory", "57", "1--10", 2011, "3"
    ),
    "IEEE Transactions on Pattern Analysis and Machine Intelligence, Volume: 40, Issue: 4, April 2018": article(
        "IEEE Transactions on Pattern Analysis and Machine Intelligence", "40", "", 2018, "4", month=4
    ),
    "IEEE TPAMI 40 (2018) 834-848": article(
        "IEEE Transactions on Pattern Analysis and Machine Intelligence", "40", "834--848", 2018
    ),
    "IEEE Transactions on Information Forensics and Security (TIFS), vol. 15, 2020, pp. 1-9": article(
        "IEEE Transactions on Information Forensics and Security", "15", "1--9", 2020
    ),
    "IEEE Access, vol. 8, pp. 123-134, 2020": article("IEEE Access", "8", "123--134", 2020),
    "IEEE J. Sel. Areas Commun., vol. 38, no. 1, pp. 5-18, Jan. 2020": article(
        "IEEE Journal on Selected Areas in Communications", "38", "5--18", 2020, "1", month=1
    ),
    "IEEE Transactions on Computers, 2020": None,
    "CVPR 2016": paper(CVPR, 2016),
    "CVPR 2022": paper(CVPR.replace("IEEE", "IEEE/CVF"), 2022),
    "Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition (CVPR), 2016, pp. 770-778": paper(
        CVPR, 2016, "770--778"
    ),
    "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR) 2022, pp. 1-9": paper(
        CVPR.replace("IEEE", "IEEE/CVF"), 2022, "1--9"
    ),
    "ICCV 2017": paper("Proceedings of the IEEE International Conference on Computer Vision", 2017),
    "2017 IEEE International Conference on Robotics and Automation (ICRA), Singapore, 2017, pp. 1-8": paper(
        "Proceedings of the IEEE International Conference on Robotics and Automation", 2017, "1--8"
    ),
    "IEEE/RSJ International Conference on Intelligent Robots and Systems (IROS), Las Vegas, NV, USA, 2020": paper(
        "Proceedings of the IEEE/RSJ International Conference on Intelligent Robots and Systems", 2020
    ),
    "ICASSP 2020 - 2020 IEEE International Conference on Acoustics, Speech and Signal Processing (ICASSP), "
    "Barcelona, Spain, 2020, pp. 6074-6078": paper(
        "Proceedings of the IEEE International Conference on Acoustics, Speech and Signal Processing",
        2020, "6074--6078",
    ),
    "IEEE Robotics and Automation Letters, vol. 5, no. 2, pp. 1-8, April 2020": article(
        "IEEE Robotics and Automation Letters", "5", "1--8", 2020, "2", month=4
    ),
}  # fmt: skip
ACM = {
    "Commun. ACM 63, 11 (2020), 139-144": article("Communications of the ACM", "63", "139--144", 2020, "11"),
    "Communications of the ACM, November 2020, Vol. 63 No. 11, Pages 139-144": article(
        "Communications of the ACM", "63", "139--144", 2020, "11", month=11
    ),
    "J. ACM 67, 2, Article 12 (April 2020)": article("Journal of the ACM", "67", "#12", 2020, "2", month=4),
    "Proc. ACM Program. Lang. 4, POPL, Article 47 (January 2020)": article(
        "Proceedings of the ACM on Programming Languages", "4", "#47", 2020, "POPL", month=1
    ),
    "Proc. ACM Meas. Anal. Comput. Syst. 3, 2, Article 30 (June 2019), 24 pages": article(
        "Proceedings of the ACM on Measurement and Analysis of Computing Systems", "3", "#30", 2019, "2", month=6
    ),
    "Proceedings of the VLDB Endowment, 13, 11 (2020), 2708-2721": article(
        "Proceedings of the VLDB Endowment", "13", "2708--2721", 2020, "11"
    ),
    "PVLDB 13(11): 2708-2721 (2020)": article("Proceedings of the VLDB Endowment", "13", "2708--2721", 2020, "11"),
    "ACM Trans. Graph. 39(4), Article 81 (2020)": article("ACM Transactions on Graphics", "39", "#81", 2020, "4"),
    "KDD '19": paper(
        "Proceedings of the ACM SIGKDD International Conference on Knowledge Discovery and Data Mining", 2019
    ),
    "Proceedings of the 25th ACM SIGKDD International Conference on Knowledge Discovery & Data Mining (KDD '19), "
    "2019, pp. 1-10": paper(
        "Proceedings of the 25th ACM SIGKDD International Conference on Knowledge Discovery and Data Mining",
        2019, "1--10",
    ),
    "Proceedings of the 52nd Annual ACM SIGACT Symposium on Theory of Computing (STOC 2020), pages 1-14": paper(
        "Proceedings of the 52nd Annual ACM Symposium on Theory of Computing", 2020, "1--14"
    ),
    "SIGIR 2020": paper(
        "Proceedings of the International ACM SIGIR Conference on Research and Development in Information Retrieval",
        2020,
    ),
}  # fmt: skip
SPRINGER = {
    "ECCV 2020": paper("Computer Vision – ECCV 2020", 2020),
    "ECCV 2020, LNCS 12346, pp. 213-229": paper(
        "Computer Vision – ECCV 2020", 2020, "213--229", series=LNCS, volume="12346"
    ),
    "Computer Vision -- ECCV 2020. Lecture Notes in Computer Science, vol 12346. Springer, Cham, pp. 213-229": paper(
        "Computer Vision – ECCV 2020", 2020, "213--229", series=LNCS, volume="12346"
    ),
    "MICCAI 2015, LNCS, vol. 9351, pp. 234-241": paper(
        "Medical Image Computing and Computer Assisted Intervention – MICCAI 2015",
        2015, "234--241", series=LNCS, volume="9351",
    ),
    "Lecture Notes in Computer Science 4123 (2007) 1-10": None,
    "Lect.Notes Phys.737:69-108,2008": None,
    "Vedaldi A., Bischof H. (eds) Computer Vision - ECCV 2020, LNCS 12346": None,
    "Machine Learning 109, 373-440 (2020)": article("Machine Learning", "109", "373--440", 2020),
    "Algorithmica 82 (2020), 1-30": article("Algorithmica", "82", "1--30", 2020),
    "International Journal of Computer Vision 128, 261-318 (2020)": article(
        "International Journal of Computer Vision", "128", "261--318", 2020
    ),
}  # fmt: skip
SCIENCE = {
    "Nature 446, 646 (2007)": article("Nature", "446", "646", 2007),
    "Nature 522, 86-92 (04 June 2015)": article("Nature", "522", "86--92", 2015, month=6),
    "Nature Physics 3, 629 - 635 (2007)": article("Nature Physics", "3", "629--635", 2007),
    "Nat. Commun. 6, 7000 (2015)": article("Nature Communications", "6", "#7000", 2015),
    "Nature Communications volume 11, Article number: 123 (2020)": article(
        "Nature Communications", "11", "#123", 2020
    ),
    "Sci. Rep. 5:12345 (2015)": article("Scientific Reports", "5", "#12345", 2015),
    "Science 315, 1379 (2007)": article("Science", "315", "1379", 2007),
    "Science, 315(5816), pp. 1379-1382, 2007": article("Science", "315", "1379--1382", 2007, "5816"),
    "PNAS 104 (2007) 1-6": article("Proceedings of the National Academy of Sciences", "104", "1--6", 2007),
    "Proc. Natl. Acad. Sci. USA 104, 15224 (2007)": article(
        "Proceedings of the National Academy of Sciences", "104", "15224", 2007
    ),
    "PLoS ONE 10(3): e0120000 (2015)": article("PLOS ONE", "10", "#e0120000", 2015, "3"),
    "PLoS Comput Biol 3(1): e5 (2007)": article("PLoS Computational Biology", "3", "#e5", 2007, "1"),
    "PNAS 117 (2020) e2012345117": article(
        "Proceedings of the National Academy of Sciences", "117", "#e2012345117", 2020
    ),
    "Science 370, eabc1234 (2020)": article("Science", "370", "#eabc1234", 2020),
    "eLife 2020;9:e12345": article("eLife", "9", "#e12345", 2020),
    "J Neurosci 2007;27(3):123-130": article("Journal of Neuroscience", "27", "123--130", 2007, "3"),
    "Entropy 2020, 22, 123": article("Entropy", "22", "#123", 2020),
    "Entropy 2020, 22(2), 123; https://doi.org/10.3390/e22020123": article(
        "Entropy", "22", "#123", 2020, "2", doi="10.3390/e22020123"
    ),
    "J. Chem. Phys. 127, 144171 (2007)": article("The Journal of Chemical Physics", "127", "#144171", 2007),
    "Systematic Biology (2008), 57(2): 261-76": article("Systematic Biology", "57", "261--276", 2008, "2"),
    "Science China Mathematics, 2015, Vol. 58, No. 10, pp. 2361-2384": article(
        "Science China Mathematics", "58", "2361--2384", 2015, "10"
    ),
    "Advances in High Energy Physics, 2013 (2013), Article ID 293968": article(
        "Advances in High Energy Physics", "2013", "#293968", 2013
    ),
}
SEVERAL = {
    "Phys.Rev.D75:124077,2007; Erratum-ibid.D82:069940,2010": article(PRD, "75", "#124077", 2007),
    "Phys.Rev.D75:124077,2007, Erratum-ibid.D82:069940,2010; Erratum-ibid.D82:129930,2010": article(
        PRD, "75", "#124077", 2007
    ),
    "Phys. Rev. D 75, 124077 (2007) [Erratum-ibid. D 82, 069940 (2010)]": article(PRD, "75", "#124077", 2007),
    "Phys. Rev. D 75, 124077 (2007) [Erratum: Phys. Rev. D 82, 069940 (2010)]": article(PRD, "75", "#124077", 2007),
    "JHEP 0706:045,2007; Addendum-ibid.0809:001,2008": article("Journal of High Energy Physics", "06", "#045", 2007),
    "Erratum: Phys. Rev. D 82, 069940 (2010)": None,
    "Pisma v ZhETF 85 (2007) 3; JETP Lett. 85 (2007) 1-4": article("JETP Letters", "85", "1--4", 2007),
    "JETP Lett. 85 (2007) 1-4; Pisma Zh.Eksp.Teor.Fiz.85:3-6,2007": article("JETP Letters", "85", "1--4", 2007),
    "Pis'ma v ZhETF, vol. 85, 3 (2007) [JETP Lett. 85, 1 (2007)]": article("JETP Letters", "85", "1", 2007),
    "Teor. Mat. Fiz. 150 (2007) 3-10; English transl.: Theor. Math. Phys. 150 (2007) 1-8": article(
        "Theoretical and Mathematical Physics", "150", "1--8", 2007
    ),
    "Phys.Atom.Nucl.70:1251-1258,2007; Yad.Fiz.70:1289-1296,2007": article(
        "Physics of Atomic Nuclei", "70", "1251--1258", 2007
    ),
    "Yad.Fiz.70:1289-1296,2007": article("Yadernaya Fizika", "70", "1289--1296", 2007),
    "Phys. Rev. D 75, 124077 (2007); Phys. Rev. D 76, 013019 (2007)": None,
    "Phys. Rev. D 75, 124077 (2007); JETP Lett. 85, 1 (2007)": None,
    "Phys. Rev. D 75, 124077 (2007), 76, 013019 (2007)": None,
}  # fmt: skip
REFUSED = [
    "", " ", "2007", "Phys. Rev. D", "Phys. Rev. D (2007)", "to appear in Phys. Rev. D 76 (2007)",
    "Phys. Rev. D 76, 013019 (2007), in press", "accepted by MNRAS", "Accepted for publication in A&A, 473 (2007) 805",
    "submitted to Nature 446, 646 (2007)", "Phys. Rev. D (to be published)", "MNRAS 378 in press (2007)",
    "Phys. Rev. 76, 013019 (2007)", "Phys. Rev. F 76, 013019 (2007)", "Phys. Rev. D 76", "Phys. Lett. 652B (2007) 203",
    "Journal of Invented Results 12 (2007) 1-10", "J. Inv. Res. 12, 1 (2007)", "Nature Letters 446, 646 (2007)",
    "Physics Foo 12 (2007) 3", "Ann. Phys. 322 (2007) 1", "Phys. Rev. D 76, 013019 (2007) and elsewhere",
    "Phys. Rev. D 76, 013019 (2017)", "Phys. Rev. D 76, 013019 (2005)", "Phys. Rev. D 76, 013019 (20007)",
    "Phys. Rev. D 76, 77, 013019 (2007)", "Phys. Rev. D 76, 12, 3, 4 (2007)", "Phys. Rev. D 76, 20-10 (2007)",
    "Phys. Rev. D XII, 20 (2007)", "JHEP 1306:045,2007", "JHEP 13 (2007) 045", "JHEP 0608:045,2007",
    "J. Stat. Mech. (2007) P13001", "J. Stat. Mech. 0706 (2007) P07001", "Talk given at ICHEP 2007",
    "PhD thesis, Univ. of Nowhere, 2007", "in \"Strange Stars\", ed. A. Author, Press (2007), p. 12",
    "Proceedings of the Conference on Things, ed. A. Author, Nowhere, 2007", "Proceedings of ENERGY 2007",
    "IEEE International Conference on Communications in China, 2007, pp. 1-5", "ICC China 2007", "ICML 2007 in", "ICML 2007 the",
    "International Conference on Computer Vision Theory 2007", "CVPR Workshops 2007", "CVPRW 2007", "ACL 2007 Student Workshop",
    "ICML 2007, 2008", "ICML", "ICML 2020", "SPIE 6500 (2007) 12", "Dans Proceedings of ICML 2007 (2007)",
    "J. Phys. A 40 (2007) 1-10 and J. Phys. A 41 (2008) 1-10", "Phys. Rev. D 76 013019 2007 2008",
    "arXiv:0704.0001", "http://example.org/paper.pdf", "Nature 2007, 446, 2008", "CDC 2007", "Symmetry 2007",
    "Phys. Rev. D 75, 124077 (2007); Erratum: see http://example.org/?x=1", "Ann. of Math. (3) 166 (2007), 1-5",
    "Phys. Rev. B 76, 2007", "Phys. Rev. D 75, 124077 (2007); 76, 013019 (2007)", "Nature 182 pp., 310 (2007)", "Nature 446, vol. 646 (2007)", "Nature 446, 646, no. 3 (2007)", "Nature pp. 446, 646 (2007)",
    "Math. Res. Lett. 14 (2007), no. 5, Erratum 1027-1037", "Phys. Lett. B 652, 203 12-212 (2007)", "Astrophys. J. no. 3 663:1-5 (2007)",
    "J. Chem. 12 (2007) 1-5", "Phys. D 76 (2007) 1-5", "Phys. . Lett. B 652 (2007) 1", ". Phys. Lett. B 652 (2007) 1", "Nature 12 3, 692-695 (2007)",
    "Physical Review D (ABC) 76, 013019 (2007)", "cell 12 (2007) 3", "order 12 (2007) 3",
]  # fmt: skip

TABLES = {
    "physics": PHYSICS, "astronomy": ASTRONOMY, "mathematics": MATHEMATICS, "learning": LEARNING,
    "language": LANGUAGE, "IEEE": IEEE, "ACM": ACM, "Springer": SPRINGER, "science": SCIENCE, "several": SEVERAL,
}  # fmt: skip
CASES = [
    pytest.param(text, said, id=f"{name}: {text}")
    for name, table in TABLES.items()
    for text, said in table.items()
]


@pytest.mark.parametrize(("text", "said"), CASES)
def test_every_field_is_what_the_text_says(text, said):
    year = said.year if said else {"2020": 2020}.get(text[-4:], 2020 if "2020" in text else 2007)
    for first_year in (year - 8, year, year + 1):
        assert parse(text, first_year=first_year) == said
    assert parse(text, first_year=year - 9) is None
    assert parse(text, first_year=year + 2) is None


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_is_refused(text):
    assert parse(text, first_year=2007) is None


@pytest.mark.parametrize("table", [physics, mathematics, science, computing], ids=lambda table: table.__name__)
def test_every_journal_is_found_by_each_of_its_names_and_no_other_one(table):
    index = Index.of(module.TITLES for module in (physics, mathematics, science, computing))
    for title in read_table(table.TITLES):
        for name in title.names:
            written = name.removeprefix("=")
            found, stop = index.find(written)
            assert title in found, name
            assert stop == len(written), name
            others = [other for other in found if other != title]
            assert all(other.first > title.last or other.last < title.first for other in others), name


def test_names_and_translations_of_the_tables():
    titles = [
        title for module in (physics, mathematics, science, computing) for title in read_table(module.TITLES)
    ]
    names = [title.name for title in titles]
    assert len(names) == len(set(names))
    assert all("  " not in name and name == name.strip() for title in titles for name in title.names)
    assert {title.translation for title in titles} - {""} <= set(names)
    known = re.compile(r"e|m|y|s.+|pos|track|novol|aanda|(?:e|from|to)\d{4}")
    assert [flag for title in titles for flag in title.flags if not known.fullmatch(flag)] == []


def test_conferences_have_a_title_for_every_year():
    rows = list(read_table(conferences.TITLES))
    for acronym in {row.names[0] for row in rows}:
        spans = sorted((row.first, row.last) for row in rows if row.names[0] == acronym)
        assert all(before[1] < after[0] for before, after in pairwise(spans)), acronym
    assert all(len(row.names) > 2 for row in rows)
    known = re.compile(r"needname|book\d{4}|(?:from|to)\d{4}")
    assert [flag for row in rows for flag in row.flags if not known.fullmatch(flag)] == []


ACCEPTED = [text for table in TABLES.values() for text, said in table.items() if said is not None]
YEARS = {text: said.year for table in TABLES.values() for text, said in table.items() if said is not None}


@given(
    st.sampled_from(ACCEPTED), st.sampled_from(["foo", "et al", "see", "Vol", "12x", "@", "§ 3", "XIV", "draft"])
)
def test_a_word_too_many_is_never_passed_over(text, extra):
    for changed in (f"{text} {extra}", f"{extra} {text}"):
        found = parse(changed, first_year=YEARS[text])
        assert found is None or "Erratum" in text or "Addendum" in text


@given(st.sampled_from(ACCEPTED), st.data())
def test_a_missing_piece_gives_no_other_venue(text, data):
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    found = parse(text[:start] + text[stop:], first_year=YEARS[text])
    known = {said.venue for table in TABLES.values() for said in table.values() if said is not None}
    assert (
        found is None
        or found.venue in known
        or found.venue.startswith(("Proceedings", "The", "Physical", "Nature"))
    )


@given(st.text(max_size=600), st.integers(1900, 2100))
def test_any_text_is_read_or_refused(text, year):
    found = parse(text, first_year=year)
    assert found is None or year - 1 <= found.year <= year + 8


@given(
    st.lists(
        st.sampled_from(
            [
                "Phys",
                "Rev",
                "D",
                "(",
                ")",
                "76",
                "2007",
                ":",
                ",",
                ".",
                "-",
                "[",
                ";",
                "Erratum",
                "ICML",
                "PMLR",
                "pp.",
                "no.",
                "1-2",
                "in",
                "of",
                "&",
                "{",
            ]
        )
    )
)
def test_pieces_of_references_are_read_or_refused(pieces):
    found = parse(" ".join(pieces), first_year=2007)
    assert found is None or found.venue


@pytest.mark.parametrize(
    "text", ["(" * 399, "Phys. " * 60, "a-" * 199, "1 " * 199, "Proceedings of the " * 20, "1-" * 199, "A. " * 130]
)
def test_long_texts_take_no_time(text):
    parse("ICML 2020", first_year=2020)
    start = time.perf_counter()
    assert parse(text, first_year=2007) is None
    assert time.perf_counter() - start < 0.5


def test_a_publication_is_a_value():
    found = parse("JHEP 0706:045,2007", first_year=2007)
    assert hash(found) == hash(dataclasses.replace(found))
