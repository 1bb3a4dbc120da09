"""Lists that somebody keeps by hand: abbreviations, both languages, and whatever fits into a cell."""

from tests.rules.roster.unseen import Unseen, text

from alongside.rules.roster import PEERS

KEPT_BY_HAND = (
    Unseen(
        "abbreviations in English",
        text("""
ID#,L Name,F Name,DOB,Ph#,Lang,Txt OK?,VM OK?,Avail,Zip
7,Baptiste,Marie-Ange,3/14/61,305 555-0111,HC,y,n,M W F am,33127
8,St. John,Reggie,12/1/88,305.555.0112 x42,Eng,N,Y,Tu/Th pm,33128
"""),
        [
            {"external_id": "7", "legal_name": "Marie-Ange Baptiste", "birth_date": "1961-03-14",
             "phone": "+13055550111", "language": ["ht"], "may_text": True, "may_voicemail": False,
             "availability": "mon 8-12, wed 8-12, fri 8-12", "zip": "33127"},
            {"external_id": "8", "legal_name": "Reggie St. John", "birth_date": "1988-12-01",
             "phone": "+13055550112", "language": ["en"], "may_text": False, "may_voicemail": True,
             "availability": "tue 12-21, thu 12-21", "zip": "33128", "notes": "Ph#: ext. 42"},
        ],
        order="mdy",
    ),
    Unseen(
        "abbreviations in Spanish, two family names, Windows letters",
        text("""
Núm. exp.;Ap. paterno;Ap. materno;Nombre(s);F. Nac.;Tel.;Correo;Sexo;C.P.;Obs.
E-01;Muñoz;Peña;José Luis;25/12/1988;(787) 555-0121;jl@example.org;H;00901;Llega en autobús
E-02;Núñez;;María Inés;03/04/1990;787-555-0122;;M;00902;
""", "cp1252"),
        [
            {"external_id": "E-01", "legal_name": "José Luis Muñoz Peña", "birth_date": "1988-12-25",
             "phone": "+17875550121", "email": "jl@example.org", "gender": "man", "zip": "00901",
             "notes": "Llega en autobús"},
            {"external_id": "E-02", "legal_name": "María Inés Núñez", "birth_date": "1990-04-03",
             "phone": "+17875550122", "gender": "woman", "zip": "00902"},
        ],
        order="dmy",
    ),
    Unseen(
        "both languages in each name of a column",
        text("""
Nombre / Name,Apodo / Nickname,Tel / Phone,Idioma / Language,Fecha de nac. / DOB,¿Texto ok? / Text ok?,Notas / Notes
"Sánchez, Teresa de Jesús",Tere,323-555-0131,Español,5 de mayo de 1990,sí,
Kim Min-jun,MJ,323-555-0132,Korean / English,"Sept 3, 1979",no,primo de Jay
"""),
        [
            {"legal_name": "Teresa de Jesús Sánchez", "goes_by": "Tere", "phone": "+13235550131", "language": ["es"],
             "birth_date": "1990-05-05", "may_text": True},
            {"legal_name": "Kim Min-jun", "goes_by": "MJ", "phone": "+13235550132", "language": ["ko", "en"],
             "birth_date": "1979-09-03", "may_text": False, "notes": "primo de Jay"},
        ],
    ),
    Unseen(
        "a group of columns about somebody else",
        text("""
,Client,,,Emergency contact,,
ID,First name,Last name,Phone,Name,Phone,Notes
1,Wendell,Price,202-555-0141,Alma Price,202-555-0142,
2,Iris,Zamora,202-555-0143,Leo Zamora,202-555-0144,bring forms
"""),
        [
            {"external_id": "1", "legal_name": "Wendell Price", "phone": "+12025550141"},
            {"external_id": "2", "legal_name": "Iris Zamora", "phone": "+12025550143", "notes": "bring forms"},
        ],
    ),
    Unseen(
        "only ages",
        text("""
Nombre;Edad;Teléfono;Ciudad
Rosario;34 años;7135550151;Houston
Don Chuy;67;713 555 0152;Houston
Beto;;713-555-0153;Pasadena
"""),
        [
            {"legal_name": "Rosario", "age": 34, "phone": "+17135550151"},
            {"legal_name": "Chuy", "age": 67, "phone": "+17135550152"},
            {"legal_name": "Beto", "phone": "+17135550153"},
        ],
    ),
    Unseen(
        "names with particles, marks and suffixes in one cell",
        text("""
Participant,Cell #
"DE LA CRUZ RAMIREZ, JUAN CARLOS",(512) 555-0161
"Van der Berg, Lisa",512-555-0162
"O'NEIL, SEAN JR.",5125550163
"MacDonald-Ríos, Zoé",+1 (512) 555-0164
"Martin Luther Brown, Sr.",1.512.555.0165
"""),
        [
            {"legal_name": "Juan Carlos de la Cruz Ramirez", "phone": "+15125550161"},
            {"legal_name": "Lisa Van der Berg", "phone": "+15125550162"},
            {"legal_name": "Sean O'Neil Jr.", "phone": "+15125550163"},
            {"legal_name": "Zoé MacDonald-Ríos", "phone": "+15125550164"},
            {"legal_name": "Martin Luther Brown Sr.", "phone": "+15125550165"},
        ],
    ),
    Unseen(
        "phones in every form",
        text("""
Name,Contact number
Ann Ames,720-555-0101 (cell)
Bob Boyd,"c: 720.555.0102, h: 720.555.0103"
Cal Cruz,17205550104
Dee Diaz,720 555 0105 ext. 12
Eve Eng,555-0106
Flo Fox,ask her sister
"""),
        [
            {"legal_name": "Ann Ames", "phone": "+17205550101"},
            {"legal_name": "Bob Boyd", "phone": "+17205550102", "notes": "Contact number: h: 720.555.0103"},
            {"legal_name": "Cal Cruz", "phone": "+17205550104"},
            {"legal_name": "Dee Diaz", "phone": "+17205550105", "notes": "Contact number: ext. 12"},
            {"legal_name": "Eve Eng", "notes": "Contact number: 555-0106"},
            {"legal_name": "Flo Fox", "notes": "Contact number: ask her sister"},
        ],
        problems={5: {"phone_extra"}, 3: {"phone_extra"}, 6: {"phone_without_area_code"}, 7: {"phone_unreadable"}},
    ),
    Unseen(
        "lists by any separator",
        text("""
Name,Looking for,Speaks,Been through
Gil Hart,Housing + job / cravings,English & Spanish,Meth; alcohol
Ida Juarez,"vivienda, trabajo y transporte",inglés y español,alcohol y ansiedad
Kay Lund,"• housing
• legal help","English, ASL","heroin, jail"
"""),
        [
            {"legal_name": "Gil Hart", "needs": ["housing", "work_or_school", "cravings_and_triggers"],
             "language": ["en", "es"], "experience": ["stimulants", "alcohol"]},
            {"legal_name": "Ida Juarez", "needs": ["housing", "work_or_school", "transport"], "language": ["en", "es"],
             "experience": ["alcohol", "depression_anxiety"]},
            {"legal_name": "Kay Lund", "needs": ["housing", "court_or_probation"], "language": ["en", "ase"],
             "experience": ["opioids", "justice"]},
        ],
    ),
    Unseen(
        "yes and no in many forms",
        text("""
Name,Phone,OK to txt,Leave voicemail?,Email okay?
Lea Moss,212-555-0101,YES!!,Nope,x
Max Nash,212-555-0102,Sí,no gracias,
Ned Ortiz,212-555-0103,✓,✗,TRUE
Oda Pratt,212-555-0104,only after 6,N/A,FALSE
"""),
        [
            {"legal_name": "Lea Moss", "phone": "+12125550101", "may_text": True, "may_voicemail": False,
             "may_email": True},
            {"legal_name": "Max Nash", "phone": "+12125550102", "may_text": True, "may_voicemail": False},
            {"legal_name": "Ned Ortiz", "phone": "+12125550103", "may_text": True, "may_voicemail": False,
             "may_email": True},
            {"legal_name": "Oda Pratt", "phone": "+12125550104", "may_email": False,
             "notes": "OK to txt: only after 6"},
        ],
        problems={5: {"yes_no_unclear"}},
    ),
    Unseen(
        "dates that could be either way are asked about",
        text("""
Name,DOB,Intake
Pia Quinn,03/04/1990,01/02/2026
Ray Soto,07/08/1985,05/06/2026
"""),
        [
            {"legal_name": "Pia Quinn", "birth_date": "1990-04-03", "started_on": "2026-02-01"},
            {"legal_name": "Ray Soto", "birth_date": "1985-08-07", "started_on": "2026-06-05"},
        ],
        order="ambiguous",
        answer="dmy",
    ),
    Unseen(
        "dates in words and short years",
        text("""
Client name,Date of birth
Sue Tran,14-Mar-61
Tom Ueda,3 ene 1980
Uma Vega,"December 1st, 1999"
Vic Wong,1 de diciembre del 2001
Wes Xu,1975
Xia Yoon,Aug 1990
"""),
        [
            {"legal_name": "Sue Tran", "birth_date": "1961-03-14"},
            {"legal_name": "Tom Ueda", "birth_date": "1980-01-03"},
            {"legal_name": "Uma Vega", "birth_date": "1999-12-01"},
            {"legal_name": "Vic Wong", "birth_date": "2001-12-01"},
            {"legal_name": "Wes Xu", "notes": "Date of birth: 1975"},
            {"legal_name": "Xia Yoon", "notes": "Date of birth: Aug 1990"},
        ],
        problems={6: {"date_incomplete"}, 7: {"date_incomplete"}},
    ),
    Unseen(
        "peers in English",
        text("""
Peer Specialist,Cell,Work Email,Max caseload,Languages,Lived Exp.,Schedule,Supervisor,Specialties
Yolanda Zeta,(602) 555-0111,yz@example.org,4,"Eng, Span","Opioids, parenting",Mon-Fri 9-5,Lien Tran,Moms with young kids
Abe Bell,602-555-0112,abe@example.org,up to 6,English,Alcohol / veteran,Weekends,Lien Tran,
"""),
        [
            {"legal_name": "Yolanda Zeta", "phone": "+16025550111", "email": "yz@example.org", "capacity": 4,
             "language": ["en", "es"], "experience": ["opioids", "parenting_in_recovery"],
             "availability": "mon 9-17, tue 9-17, wed 9-17, thu 9-17, fri 9-17", "supervisor": "Lien Tran"},
            {"legal_name": "Abe Bell", "phone": "+16025550112", "email": "abe@example.org", "capacity": 6,
             "language": ["en"], "experience": ["alcohol", "veteran"], "availability": "sat 8-21, sun 8-21",
             "supervisor": "Lien Tran"},
        ],
        kind=PEERS,
    ),
    Unseen(
        "peers in Spanish",
        text("""
Mentor/a;Celular;Cupo máximo;Idiomas;Vivencias;Disponibilidad;Supervisora
Consuelo Díaz;915-555-0121;2 o 3;español e inglés;alcohol, duelo;Mar y Jue 18-20;Lien Tran
Efraín Flores;915-555-0122;5;español;cárcel / heroína;fines de semana;Lien Tran
"""),
        [
            {"legal_name": "Consuelo Díaz", "phone": "+19155550121", "capacity": 2, "language": ["es", "en"],
             "experience": ["alcohol", "grief"], "availability": "tue 18-20, thu 18-20", "supervisor": "Lien Tran"},
            {"legal_name": "Efraín Flores", "phone": "+19155550122", "capacity": 5, "language": ["es"],
             "experience": ["justice", "opioids"], "availability": "sat 8-21, sun 8-21", "supervisor": "Lien Tran"},
        ],
        kind=PEERS,
        problems={2: {"number_range"}},
    ),
    Unseen(
        "wishes about a peer",
        text("""
Client,Phone,Preferred gender of peer,Peer must speak,Pathway,Wants peer with
Gia Holt,206-555-0131,Female only,,12 step,veteran if possible
Hal Inge,206-555-0132,no pref,Spanish,MAT,
"""),
        [
            {"legal_name": "Gia Holt", "phone": "+12065550131", "pathway": ["twelve_step"],
             "preferences": ["must gender woman", "like experience veteran"]},
            {"legal_name": "Hal Inge", "phone": "+12065550132", "pathway": ["medication"],
             "preferences": ["must language es"]},
        ],
    ),
    Unseen(
        "blank lines, a line twice, a total of words below",
        text("""
First,Last,Phone,Email


Jan,Kerr,808-555-0141,jk@example.org

Lu,Mori,808-555-0142,lm@example.org
Jan,Kerr,808-555-0141,jk@example.org

Total clients,2,,
"""),
        [
            {"legal_name": "Jan Kerr", "phone": "+18085550141", "email": "jk@example.org"},
            {"legal_name": "Lu Mori", "phone": "+18085550142", "email": "lm@example.org"},
            {"legal_name": "Jan Kerr", "phone": "+18085550141", "email": "jk@example.org"},
        ],
        notes=frozenset({"blank_rows_skipped", "totals_row_ignored"}),
        problems={7: {"repeated_row"}},
    ),
    Unseen(
        "loved ones who ask for support",
        text("""
Caller,Best #,Best time to call,Self or family?,What's going on
Norma Opal,414-555-0151,after 5,Mother,Her son uses fentanyl
Otis Pugh,414-555-0152,mornings,Self,wants meetings
"""),
        [
            {"legal_name": "Norma Opal", "phone": "+14145550151", "contact_hours": [17, 21], "kind": "loved_one",
             "own_words": "Her son uses fentanyl"},
            {"legal_name": "Otis Pugh", "phone": "+14145550152", "contact_hours": [8, 12], "kind": "own_recovery",
             "own_words": "wants meetings"},
        ],
    ),
    Unseen(
        "a grid of the week",
        text("""
Nombre y apellido,Teléfono,Lun,Mar,Mié,Jue,Vie,Sáb,Dom
Paz Quiroga,702-555-0161,9-12,,9-12,,,x,
Raúl Sosa,702-555-0162,,tarde,,tarde,,,
"""),
        [
            {"legal_name": "Paz Quiroga", "phone": "+17025550161", "availability": "mon 9-12, wed 9-12, sat 8-21"},
            {"legal_name": "Raúl Sosa", "phone": "+17025550162", "availability": "tue 12-17, thu 12-17"},
        ],
    ),
)  # fmt: skip
