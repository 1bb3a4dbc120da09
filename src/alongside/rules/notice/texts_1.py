"""Version 1 of the patient notice (§2.22) and of its parts for HIPAA, November 2026, in English and Spanish.

Never changed once published by anybody: another wording is `texts_2`. A test holds the digest of this version. The
headers are the regulations' own words; the other sentences are ours, plain, and say what the section beside them asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, str]


@dataclass(frozen=True)
class Statement:
    """What one paragraph says in each language, under which heading of `GROUPS`, and why it has to."""

    group: str
    section: str
    heading: Words
    text: Words


def _say(group: str, section: str, en: str, es: str, text_en: str, text_es: str) -> Statement:
    return Statement(group, section, {"en": en, "es": es}, {"en": text_en, "es": text_es})


GROUPS: Mapping[str, Words] = {
    "law": {"en": "What protects you", "es": "Qué le protege"},
    "without": {
        "en": "When we may use or share your record without your written consent",
        "es": "Cuándo podemos usar o compartir su expediente sin su permiso por escrito",
    },
    "with": {"en": "When we ask you first", "es": "Cuándo le preguntamos antes"},
    "court": {"en": "Courts and the police", "es": "Los tribunales y la policía"},
    "rights": {"en": "Your rights", "es": "Sus derechos"},
    "duties": {"en": "What we must do", "es": "Lo que debemos hacer"},
    "complaints": {"en": "If something is not right", "es": "Si algo no está bien"},
    "contact": {"en": "Whom you can ask", "es": "A quién puede preguntar"},
}

STATEMENTS: Mapping[str, Statement] = {
    # §2.22(b)(1)(i), word for word, as amended at 89 FR 12472 (Feb. 16, 2024).
    "header": _say(
        "law",
        "2.22(b)(1)(i)",
        "Notice of Privacy Practices of {program}",
        "Aviso de prácticas de privacidad de {program}",
        "This notice describes:\n"
        "• HOW HEALTH INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED\n"
        "• YOUR RIGHTS WITH RESPECT TO YOUR HEALTH INFORMATION\n"
        "• HOW TO FILE A COMPLAINT CONCERNING A VIOLATION OF THE PRIVACY OR SECURITY OF YOUR HEALTH INFORMATION, OR OF "
        "YOUR RIGHTS CONCERNING YOUR INFORMATION\n"
        "YOU HAVE A RIGHT TO A COPY OF THIS NOTICE (IN PAPER OR ELECTRONIC FORM) AND TO DISCUSS IT WITH {contact} AT "
        "{reach} IF YOU HAVE ANY QUESTIONS.",
        "Este aviso describe:\n"
        "• CÓMO SE PUEDE USAR Y DIVULGAR SU INFORMACIÓN DE SALUD\n"
        "• SUS DERECHOS SOBRE SU INFORMACIÓN DE SALUD\n"
        "• CÓMO PRESENTAR UNA QUEJA POR UNA VIOLACIÓN DE LA PRIVACIDAD O LA SEGURIDAD DE SU INFORMACIÓN DE SALUD, O DE "
        "SUS DERECHOS SOBRE SU INFORMACIÓN\n"
        "USTED TIENE DERECHO A UNA COPIA DE ESTE AVISO (EN PAPEL O ELECTRÓNICA) Y A HABLAR DE ÉL CON {contact} EN "
        "{reach} SI TIENE PREGUNTAS.",
    ),
    # 45 CFR 164.520(b)(1)(i), word for word.
    "header_hipaa": _say(
        "law",
        "45 CFR 164.520(b)(1)(i)",
        "HIPAA",
        "HIPAA",
        "THIS NOTICE DESCRIBES HOW MEDICAL INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED AND HOW YOU CAN GET ACCESS "
        "TO "
        "THIS INFORMATION. PLEASE REVIEW IT CAREFULLY.",
        "ESTE AVISO DESCRIBE CÓMO SE PUEDE USAR Y DIVULGAR SU INFORMACIÓN MÉDICA Y CÓMO PUEDE TENER ACCESO A ELLA. "
        "LÉALO "
        "CON CUIDADO.",
    ),
    "law_program": _say(
        "law",
        "2.22(a)",
        "A strict federal law",
        "Una ley federal estricta",
        "Federal law keeps records of help with substance use secret. It is called 42 CFR Part 2. It is stricter than "
        "the rules for other health records. We may not even say that you are here.",
        "La ley federal mantiene en secreto los expedientes de ayuda por consumo de sustancias. Se llama 42 CFR Parte "
        "2. Es más estricta que las reglas de otros expedientes de salud. Ni siquiera podemos decir que usted está "
        "aquí.",
    ),
    "law_holder": _say(
        "law",
        "2.12(d)(2)",
        "A strict federal law",
        "Una ley federal estricta",
        "We keep records that came to us from programs under a strict federal law, 42 CFR Part 2. That law goes with "
        "them. We treat all we know about you the same way.",
        "Guardamos expedientes de programas que están bajo una ley federal estricta, 42 CFR Parte 2. Esa ley va con "
        "ellos. Tratamos igual todo lo que sabemos de usted.",
    ),
    "law_neither": _say(
        "law",
        "our own promise, on the model of 2.22",
        "Our promise",
        "Nuestra promesa",
        "The federal law for records of help with substance use, 42 CFR Part 2, does not bind us. We hold ourselves to "
        "what this page says all the same.",
        "La ley federal sobre expedientes de ayuda por consumo de sustancias, 42 CFR Parte 2, no nos obliga. Aun así "
        "cumplimos lo que dice esta página.",
    ),
    "within": _say(
        "without",
        "2.12(c)(3)",
        "Inside this program",
        "Dentro de este programa",
        "People who work here read what they need for their work with you. You can see who opened your record.",
        "Quienes trabajan aquí leen lo que necesitan para su trabajo con usted. Usted puede ver quién abrió su "
        "expediente.",
    ),
    "providers": _say(
        "without",
        "2.11, 2.12(c)(4)",
        "Companies that work for us",
        "Empresas que trabajan para nosotros",
        "A company may run our computers or send our mail. It first signs that it keeps all of it secret.",
        "Una empresa puede manejar nuestras computadoras o enviar nuestro correo. Antes firma que lo guarda todo en "
        "secreto.",
    ),
    "emergency": _say(
        "without",
        "2.51",
        "A medical emergency",
        "Una emergencia médica",
        "If your life or health is at risk and we cannot ask you, we tell medical staff what they need. We write it "
        "down, and you can read it.",
        "Si su vida o su salud corre peligro y no podemos preguntarle, decimos al personal médico lo que necesita. Lo "
        "anotamos, y usted puede leerlo.",
    ),
    "child": _say(
        "without",
        "2.12(c)(6)",
        "Harm to a child",
        "Daño a un niño o una niña",
        "State law may make us report that a child is being hurt or not cared for.",
        "La ley del estado puede obligarnos a avisar si alguien daña o descuida a un niño o una niña.",
    ),
    "crime": _say(
        "without",
        "2.12(c)(5)",
        "A crime here",
        "Un delito aquí",
        "We may tell the police about a crime here, or against people who work here, or a threat of one. We say what "
        "happened, who it was, where they live, and where they were last seen.",
        "Podemos avisar a la policía de un delito aquí, o contra quienes trabajan aquí, o de una amenaza. Decimos qué "
        "pasó, quién fue, dónde vive y dónde se le vio por última vez.",
    ),
    "audit": _say(
        "without",
        "2.53",
        "Those who check our work",
        "Quienes revisan nuestro trabajo",
        "Agencies that pay or license us may check our work. They sign that they keep it secret.",
        "Las agencias que nos pagan o nos dan licencia pueden revisar nuestro trabajo. Firman que lo guardan en "
        "secreto.",
    ),
    "research": _say(
        "without",
        "2.52",
        "Research",
        "Estudios",
        "A study may use records only under strict rules that keep names out of what it says.",
        "Un estudio puede usar expedientes solo con reglas estrictas que dejan los nombres fuera de lo que publica.",
    ),
    "public_health": _say(
        "without",
        "2.54",
        "Public health",
        "Salud pública",
        "We may give a health office numbers. They have no names, and nobody can be found in them.",
        "Podemos dar números a una oficina de salud. No llevan nombres, y nadie puede ser reconocido en ellos.",
    ),
    "capacity": _say(
        "without",
        "2.14(c), 2.15(a)(2)",
        "When somebody cannot decide",
        "Cuando alguien no puede decidir",
        "Some people are too young or too ill to decide. Then the law lets us tell a parent, or who pays, a "
        "few things that keep them safe.",
        "Hay personas muy jóvenes o muy enfermas que no pueden decidir. Entonces la ley nos deja decir "
        "algunas cosas a su padre, a su madre o a quien paga, para protegerlas.",
    ),
    "death": _say(
        "without",
        "2.15(b)(1)",
        "After a death",
        "Después de una muerte",
        "We may tell an office what the law asks about the cause of a death.",
        "Podemos decir a una oficina lo que la ley pide sobre la causa de una muerte.",
    ),
    "with_consent": _say(
        "with",
        "2.22(b)(1)(ii)(D), 2.31",
        "Your written consent",
        "Su permiso por escrito",
        "For all else we need your written consent. For example: to tell your doctor which days we talked, or your "
        "landlord that you are with us. Before you sign, we show you just what they would see.",
        "Para todo lo demás necesitamos su permiso por escrito. Por ejemplo: para decirle a su doctora qué días "
        "hablamos, o a quien le alquila que usted está con nosotros. Antes de que firme le mostramos justo lo que "
        "verían.",
    ),
    "single": _say(
        "with",
        "2.22(b)(1)(ii)(E), 2.33(a)",
        "One consent for your health care",
        "Un solo permiso para su atención",
        "You may give one consent for all later uses for treatment, payment, and health care operations. You "
        "do not have to.",
        "Puede dar un solo permiso para todo uso futuro en tratamiento, pago y operaciones de atención "
        "médica. No tiene que hacerlo.",
    ),
    "others_only": _say(
        "with",
        "2.22(b)(1)(ii)(F)",
        "Nothing else",
        "Nada más",
        "What this notice does not name, we do only with your written consent.",
        "Lo que este aviso no nombra, lo hacemos solo con su permiso por escrito.",
    ),
    "revoke": _say(
        "with",
        "2.22(b)(1)(ii)(G), 2.31, 2.35",
        "You can stop it",
        "Usted puede pararlo",
        "You can take a consent back, in one step, by word or in writing. What was sent before stays sent. A consent "
        "for a court that sent you here says from which day you can take it back.",
        "Puede retirar un permiso en un solo paso, de palabra o por escrito. Lo que ya se envió queda enviado. Un "
        "permiso para un tribunal que le envió aquí dice desde qué día puede retirarlo.",
    ),
    "redisclosure": _say(
        "with",
        "2.22(b)(1)(iii)(A), 2.33(b)",
        "It may be passed on",
        "Puede pasar a otras manos",
        "You may sign that your record can be used for treatment, payment, and health care operations. Then "
        "a program, provider or plan that gets it may pass it on. They need not ask you, as far as the HIPAA "
        "rules let them.",
        "Usted puede firmar que su expediente se use para tratamiento, pago y operaciones de atención "
        "médica. Entonces el programa, el proveedor o el plan que lo recibe puede pasarlo a otros. No tiene "
        "que preguntarle, hasta donde lo permiten las reglas de HIPAA.",
    ),
    "fundraising": _say(
        "with",
        "2.22(b)(1)(iii)(B)",
        "Asking for money",
        "Pedir dinero",
        "We may write to you to raise money for this program. First we ask if you want that. You can say no, now or "
        "later.",
        "Podemos escribirle para reunir dinero para este programa. Antes le preguntamos si lo quiere. Puede decir que "
        "no, ahora o después.",
    ),
    "proceedings": _say(
        "court",
        "2.22(b)(1)(ii)(H)(1)",
        "Not against you",
        "No en su contra",
        "Your record may not be used in civil, administrative, criminal, or legislative proceedings against "
        "you. Nor may anybody tell there what is in it. It takes your own written consent for just that, or "
        "a court order.",
        "Su expediente no puede usarse en procesos civiles, administrativos, penales o legislativos en su "
        "contra. Tampoco puede nadie contar allí lo que dice. Hace falta su permiso por escrito justo para "
        "eso, o una orden de un tribunal.",
    ),
    "proceedings_order": _say(
        "court",
        "2.22(b)(1)(ii)(H)(2)",
        "You are heard first",
        "Primero se le escucha",
        "Before a court order, you or whoever holds the record get notice and can be heard, where the law says so.",
        "Antes de una orden, usted o quien guarda el expediente recibe aviso y puede hablar, cuando la ley lo dice.",
    ),
    "proceedings_subpoena": _say(
        "court",
        "2.22(b)(1)(ii)(H)(3)",
        "Both papers are needed",
        "Hacen falta los dos papeles",
        "A court order must come with a subpoena or a like demand. A subpoena alone is not enough.",
        "La orden debe venir con una citación o un mandato parecido. Una citación sola no basta.",
    ),
    "right_restrict": _say(
        "rights",
        "2.22(b)(1)(iv)(A), 2.26",
        "To keep something back",
        "Que algo no se comparta",
        "You can ask us to keep something back, even if you signed that it may be shared for treatment, payment, and "
        "health care operations. We may say no, with our reasons. If we say yes, we keep to it.",
        "Puede pedirnos que algo no se comparta, aunque haya firmado que puede usarse para tratamiento, pago y "
        "operaciones de atención médica. Podemos decir que no, con nuestras razones. Si decimos que sí, lo cumplimos.",
    ),
    "right_plan": _say(
        "rights",
        "2.22(b)(1)(iv)(B), 2.26(a)(6)",
        "What you paid yourself",
        "Lo que usted pagó",
        "If you paid for a service in full, you can ask that your health plan does not hear of it. We must say yes.",
        "Si pagó un servicio completo, puede pedir que su plan de salud no se entere. Tenemos que decir que sí.",
    ),
    "right_accounting": _say(
        "rights",
        "2.22(b)(1)(iv)(C), 2.25",
        "To know what was sent",
        "Saber qué se envió",
        "You can have a list of what we sent to others with your consent in the past three years. It stands on your "
        "Privacy page at any time.",
        "Puede tener una lista de lo que enviamos a otros con su permiso en los últimos tres años. Está siempre en su "
        "página de Privacidad.",
    ),
    "right_list": _say(
        "rights",
        "2.22(b)(1)(iv)(D), 2.24",
        "To know who passed it on",
        "Saber quién lo pasó",
        "A health network that passed your record on owes you a list of who got it in the past three years.",
        "Una red de salud que pasó su expediente le debe una lista de quienes lo recibieron en los últimos tres años.",
    ),
    "right_copy": _say(
        "rights",
        "2.22(b)(1)(iv)(E)",
        "A copy of this notice",
        "Una copia de este aviso",
        "You can have it on paper or as a web page, whenever you ask.",
        "Puede tenerlo en papel o como página web, cuando lo pida.",
    ),
    "right_discuss": _say(
        "rights",
        "2.22(b)(1)(iv)(F)",
        "To talk about it",
        "Hablar de él",
        "You can talk about this notice with whoever is named at the end.",
        "Puede hablar de este aviso con quien se nombra al final.",
    ),
    "right_no_fundraising": _say(
        "rights",
        "2.22(b)(1)(iv)(G)",
        "No letters asking for money",
        "Sin cartas que pidan dinero",
        "You can say that you want no messages asking for money, and you get none.",
        "Puede decir que no quiere mensajes que pidan dinero, y no recibirá ninguno.",
    ),
    "right_access": _say(
        "rights",
        "45 CFR 164.520(b)(1)(iv)(C), 164.524",
        "To read your record",
        "Leer su expediente",
        "You can read your record and have a copy.",
        "Puede leer su expediente y tener una copia.",
    ),
    "right_amend": _say(
        "rights",
        "45 CFR 164.520(b)(1)(iv)(D), 164.526",
        "To put it right",
        "Corregirlo",
        "If something in it is wrong or missing, you can ask us to put it right.",
        "Si algo está mal o falta, puede pedirnos que lo corrijamos.",
    ),
    "right_reach": _say(
        "rights",
        "45 CFR 164.520(b)(1)(iv)(B), 164.522(b)",
        "To be reached your way",
        "Que le busquemos a su manera",
        "You say how and when we may call or write to you.",
        "Usted dice cómo y cuándo podemos llamarle o escribirle.",
    ),
    "duty_keep": _say(
        "duties",
        "2.22(b)(1)(v)(A)",
        "To keep it private and tell you",
        "Guardarlo y avisarle",
        "The law makes us keep your record private, and give you this notice. If somebody saw your record "
        "who should not have, we must tell you.",
        "La ley nos obliga a guardar su expediente en privado y a darle este aviso. Si alguien que no debía "
        "vio su expediente, tenemos que avisarle.",
    ),
    "duty_keep_promise": _say(
        "duties",
        "our own promise, on the model of 2.22(b)(1)(v)(A)",
        "To keep it private and tell you",
        "Guardarlo y avisarle",
        "We keep your record private, and give you this notice. If somebody saw your record who should not "
        "have, we tell you.",
        "Guardamos su expediente en privado y le damos este aviso. Si alguien que no debía vio su "
        "expediente, le avisamos.",
    ),
    "duty_follow": _say(
        "duties",
        "2.22(b)(1)(v)(B)",
        "To do what we say",
        "Hacer lo que decimos",
        "We must do what the notice in force says.",
        "Debemos hacer lo que dice el aviso vigente.",
    ),
    "duty_change": _say(
        "duties",
        "2.22(b)(1)(v)(C)",
        "If the notice changes",
        "Si el aviso cambia",
        "We may change this notice, also for what we know already. The new one is then on this page and here on paper, "
        "and we show it to you the next time.",
        "Podemos cambiar este aviso, también para lo que ya sabemos. El nuevo estará en esta página y aquí en papel, y "
        "se lo mostramos la próxima vez.",
    ),
    "complain_here": _say(
        "complaints",
        "2.22(b)(1)(vi), 2.4(a)",
        "Tell us",
        "Díganos",
        "Do you think your privacy was not kept? Tell us: on the page “Complaints”, by phone, on paper, or through "
        "anybody who works here. You can do it without a name.",
        "¿Cree que no se cuidó su privacidad? Díganos: en la página «Quejas», por teléfono, en papel o por medio de "
        "cualquiera que trabaje aquí. Puede hacerlo sin dar su nombre.",
    ),
    "complain_hhs": _say(
        "complaints",
        "2.22(b)(1)(vi), 2.4(b), 45 CFR 160.306",
        "Or tell the federal office",
        "O dígaselo a la oficina federal",
        "You can complain to the Secretary of the U.S. Department of Health and Human Services. Office for Civil "
        "Rights, 200 Independence Avenue SW, Room 509F HHH Building, Washington, DC 20201. Phone 1-800-368-1019 (TDD "
        "1-800-537-7697). On the web: hhs.gov/ocr/complaints. Do it within 180 days if you can.",
        "Puede quejarse ante el Secretario del Departamento de Salud y Servicios Humanos de EE. UU. Office for Civil "
        "Rights, 200 Independence Avenue SW, Room 509F HHH Building, Washington, DC 20201. Teléfono 1-800-368-1019 "
        "(TDD 1-800-537-7697). En la web: hhs.gov/ocr/complaints. Hágalo dentro de 180 días si puede.",
    ),
    "no_retaliation": _say(
        "complaints",
        "2.22(b)(1)(vi), 2.4(c), 2.4(d)",
        "Nobody may pay you back for it",
        "Nadie puede tomar represalias",
        "We may not threaten you, treat you worse, or stop helping you because you complain or use a right. We never "
        "ask you to give up that right.",
        "No podemos amenazarle, tratarle peor ni dejar de ayudarle porque se queje o use un derecho. Nunca le pedimos "
        "que renuncie a ese derecho.",
    ),
    "contact": _say(
        "contact",
        "2.22(b)(1)(vii)",
        "For questions",
        "Para preguntas",
        "{contact}: {reach}",
        "{contact}: {reach}",
    ),
    "effective": _say(
        "contact",
        "2.22(b)(1)(viii)",
        "In force from",
        "Vigente desde",
        "{day}. This is notice number {number}.",
        "{day}. Este es el aviso número {number}.",
    ),
}
