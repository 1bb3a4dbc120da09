"""Version 1 of the words of consent (November 2026), in English and Spanish, each with its section of 42 CFR Part 2.

Never changed once signed by anybody: another wording is `texts_2`. A test holds the digest of this version.
The plain sentences are ours and say what the section demands; `ACCOMPANY` is the regulation's own text (§2.32(a)).
"""

from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, str]


@dataclass(frozen=True)
class Statement:
    """What one paragraph says in each language, and why it has to."""

    section: str
    heading: Words
    text: Words


def _say(section: str, en: str, es: str, text_en: str, text_es: str) -> Statement:
    return Statement(section, {"en": en, "es": es}, {"en": text_en, "es": text_es})


STATEMENTS: Mapping[str, Statement] = {
    "person": _say("2.31(a)(1)", "Who this is about", "De quién se trata", "{person}", "{person}"),
    "discloser": _say("2.31(a)(2)", "Who shares", "Quién comparte", "{discloser}", "{discloser}"),
    "items": _say(
        "2.31(a)(3)",
        "What is shared",
        "Qué se comparte",
        "{items}. Nothing else.",
        "{items}. Nada más.",
    ),
    "recipient": _say("2.31(a)(4)(i)", "Who gets it", "Quién lo recibe", "{recipient}", "{recipient}"),
    "recipient_class": _say(
        "2.31(a)(4)(i)",
        "Who gets it",
        "Quién lo recibe",
        "My treating providers, health plans, third-party payers, and people helping to operate this program. "
        "By name, as far as we know them now: {recipient}",
        "Quienes me atienden, los planes de salud, los terceros que pagan y quienes ayudan a operar este programa. "
        "Por su nombre, hasta donde los conocemos ahora: {recipient}",
    ),
    "members": _say(
        "2.31(a)(4)(ii)",
        "To whom they may pass it on",
        "A quién pueden pasarlo",
        "{members}. Only to people who care for me as a provider.",
        "{members}. Solo a quienes me atienden como proveedores.",
    ),
    "purpose": _say("2.31(a)(5)", "What for", "Para qué", "{purpose}", "{purpose}"),
    "only_this_case": _say(
        "2.31(d)",
        "Only for this matter",
        "Solo para este asunto",
        "This permission is for this matter only. It is not joined with any other permission.",
        "Este permiso es solo para este asunto. No se junta con ningún otro permiso.",
    ),
    "only_monitors": _say(
        "2.35(a)(1)",
        "Only those who follow how I am doing",
        "Solo quienes siguen cómo voy",
        "It goes only to the people whose job for the court is to follow how I am doing.",
        "Llega solo a las personas cuyo trabajo para el tribunal es seguir cómo voy.",
    ),
    "ends": _say("2.31(a)(7)", "When it ends", "Cuándo termina", "{ends}", "{ends}"),
    "right_to_revoke": _say(
        "2.31(a)(6)",
        "You can stop it",
        "Usted puede pararlo",
        "You can stop this at any time, in one step: press “Stop sharing” on your Privacy page, tell anybody who works "
        "with you, or write it down and hand it in. It stops that moment. What was shared before then cannot be called "
        "back, and whoever already acted on it may keep that part.",
        "Puede parar esto en cualquier momento, en un solo paso: toque «Dejar de compartir» en su página de "
        "Privacidad, dígaselo a cualquiera que trabaje con usted o entréguelo por escrito. Se detiene en ese momento. Lo que se "
        "compartió antes no se puede recoger, y quien ya actuó con ello puede conservar esa parte.",
    ),
    "right_to_revoke_held": _say(
        "2.35(c)",
        "You cannot stop it right away",
        "No puede pararlo de inmediato",
        "You cannot take this back before {held_until}. From that day on you can stop it in one step, like any other "
        "permission. If you are not sure, do not sign yet: ask somebody you trust, or a lawyer, first.",
        "No puede retirar esto antes del {held_until}. Desde ese día puede pararlo en un solo paso, como cualquier "
        "otro permiso. Si tiene dudas, no firme todavía: pregunte antes a alguien de confianza o a una persona abogada.",
    ),
    "redisclosure": _say(
        "2.31(a)(10)",
        "It may be passed on",
        "Puede pasar a otras manos",
        "Whoever gets it may pass it on, and then the rules of 42 CFR Part 2 may no longer protect it.",
        "Quien lo reciba puede pasarlo a otras manos, y entonces las reglas de 42 CFR Parte 2 quizá ya no lo protejan.",
    ),
    "hipaa": _say(
        "2.31(a)(4)(iii)",
        "If they work under HIPAA",
        "Si trabajan bajo HIPAA",
        "Your record, or what is in it, may be redisclosed in accordance with the permissions contained in the HIPAA "
        "regulations, except for uses and disclosures for civil, criminal, administrative, and legislative "
        "proceedings against you.",
        "Su expediente, o lo que contiene, puede volver a divulgarse según lo que permiten las normas de HIPAA, "
        "excepto para usos y divulgaciones en procesos civiles, penales, administrativos y legislativos en contra de usted.",
    ),
    "refusing": _say(
        "2.31(a)(10)",
        "If you say no",
        "Si dice que no",
        "You still get support here, just as before. But we cannot work together with the people named above, and who "
        "pays may not pay for what they cannot see.",
        "Usted sigue recibiendo apoyo aquí, igual que antes. Pero no podremos trabajar junto con las personas "
        "nombradas arriba, y quien paga quizá no pague lo que no puede ver.",
    ),
    "refusing_other": _say(
        "2.31(a)",
        "If you say no",
        "Si dice que no",
        "You still get support here, just as before.",
        "Usted sigue recibiendo apoyo aquí, igual que antes.",
    ),
    "fundraising": _say(
        "2.31(a)(5)(iii)",
        "No letters asking for money",
        "Sin cartas que pidan dinero",
        "You may say at any time that you want no messages asking for donations, and you get none.",
        "Puede decir en cualquier momento que no quiere mensajes que pidan donaciones, y no recibirá ninguno.",
    ),
    "list_right": _say(
        "2.24",
        "You can ask who got it",
        "Puede preguntar quién lo recibió",
        "For three years you can ask them for a list of those to whom they passed it on. They owe it within 30 days.",
        "Durante tres años puede pedirles una lista de a quiénes lo pasaron. Se la deben en 30 días.",
    ),
    "copy": _say(
        "2.31, 2.32(b)",
        "Your copy",
        "Su copia",
        "You can read this page again whenever you like, and print it. Who gets something from us gets this page, too.",
        "Puede volver a leer esta página cuando quiera, e imprimirla. Quien reciba algo de nuestra parte también "
        "recibe esta página.",
    ),
}

ITEMS: Mapping[str, Words] = {
    "being_here": {
        "en": "That I am with this program, and since when",
        "es": "Que estoy en este programa, y desde cuándo",
    },
    "reach": {"en": "How to reach me: phone and e-mail", "es": "Cómo comunicarse conmigo: teléfono y correo"},
    "birth_date": {"en": "My birth date", "es": "Mi fecha de nacimiento"},
    "walks_with": {"en": "Who walks with me, and since when", "es": "Quién me acompaña, y desde cuándo"},
    "contacts": {
        "en": "The days on which we talked or met, without what was said",
        "es": "Los días en que hablamos o nos vimos, sin lo que se dijo",
    },
    "times": {"en": "Times that are planned", "es": "Las citas que están planeadas"},
    "wishes": {"en": "What I asked for when I came", "es": "Lo que pedí cuando llegué"},
    "notes": {
        "en": "The notes about our talks, which I can read myself",
        "es": "Las notas sobre nuestras conversaciones, que yo también puedo leer",
    },
}

PURPOSES: Mapping[str, Words] = {
    "care": {"en": "To work together on my care", "es": "Para trabajar juntos en mi atención"},
    "housing": {"en": "To help me find or keep a home", "es": "Para ayudarme a encontrar o conservar un hogar"},
    "work_or_school": {"en": "For my job or my school", "es": "Para mi trabajo o mi escuela"},
    "benefits": {"en": "To get benefits or insurance", "es": "Para obtener beneficios o seguro"},
    "close_person": {"en": "So that somebody close to me knows", "es": "Para que lo sepa alguien cercano a mí"},
    "payment": {"en": "So that the support I get is paid", "es": "Para que se pague el apoyo que recibo"},
    "at_request": {"en": "At my own request", "es": "Porque yo lo pido"},
    "other": {"en": "Something else", "es": "Otra cosa"},
    "tpo": {
        "en": "For treatment, payment, and health care operations",
        "es": "Para tratamiento, pago y operaciones de atención médica",
    },
    "legal": {
        "en": "For a matter in court or before an office",
        "es": "Para un asunto en un tribunal o ante una autoridad",
    },
    "monitoring": {
        "en": "So that those who ask about me for the court know how I am doing",
        "es": "Para que quienes preguntan por mí para el tribunal sepan cómo voy",
    },
    "research": {"en": "For a study", "es": "Para un estudio"},
}

EVENTS: Mapping[str, Words] = {
    "end_of_support": {"en": "When my time with this program ends", "es": "Cuando termine mi tiempo en este programa"},
    "end_of_treatment": {"en": "At the end of the treatment", "es": "Al final del tratamiento"},
    "end_of_case": {"en": "When this matter is over", "es": "Cuando termine este asunto"},
    "end_of_study": {"en": "At the end of the research study", "es": "Al final del estudio"},
    "none": {"en": "No set end: it goes on until I stop it", "es": "Sin fecha: sigue hasta que yo lo pare"},
}

LAST_DAY: Words = {"en": "At the end of {day}", "es": "Al terminar el {day}"}

KINDS: Mapping[str, tuple[Words, Words]] = {
    "specific": (
        {"en": "For one purpose", "es": "Para un solo fin"},
        {
            "en": "One person or place gets something, for one reason: your landlord, your doctor, your sister.",
            "es": "Una persona o lugar recibe algo, por una sola razón: quien le alquila, su doctora, su hermana.",
        },
    ),
    "tpo": (
        {"en": "For all my health care", "es": "Para toda mi atención de salud"},
        {
            "en": "Everybody who takes care of your health, or pays for it, from now on.",
            "es": "Todos los que cuidan de su salud, o la pagan, de ahora en adelante.",
        },
    ),
    "intermediary": (
        {"en": "Through a health information network", "es": "Por una red de información de salud"},
        {"en": "A network passes it on to those who care for you.", "es": "Una red lo pasa a quienes le atienden."},
    ),
    "legal": (
        {"en": "For a court or an office", "es": "Para un tribunal o una autoridad"},
        {
            "en": "Only for one matter, and never joined with anything else.",
            "es": "Solo para un asunto, y nunca junto con otra cosa.",
        },
    ),
    "criminal_justice": (
        {
            "en": "For probation, parole or a court that sent me",
            "es": "Para libertad condicional o un tribunal que me envió",
        },
        {
            "en": "You cannot take this one back right away. We say from when, before you sign.",
            "es": "Este no lo puede retirar de inmediato. Le decimos desde cuándo, antes de que firme.",
        },
    ),
    "research": (
        {"en": "For a study", "es": "Para un estudio"},
        {"en": "A study gets something, until it ends.", "es": "Un estudio recibe algo, hasta que termina."},
    ),
}

ACCOMPANY: Mapping[str, str] = {
    # §2.32(a)(1) and (2), word for word, as amended at 89 FR 12472 (Feb. 16, 2024).
    "long": (
        "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). "
        "These rules prohibit you from using or disclosing this record, or testimony that describes the information "
        "contained in this record, in any civil, criminal, administrative, or legislative proceedings by any Federal, "
        "State, or local authority, against the patient, unless authorized by the consent of the patient, except as "
        "provided at 42 CFR 2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In "
        "addition, the Federal rules prohibit you from making any other use or disclosure of this record unless at least one of "
        "the following applies:\n"
        "(i) Further use or disclosure is expressly permitted by the written consent of the individual whose "
        "information is being disclosed in this record or as otherwise permitted by 42 CFR part 2.\n"
        "(ii) You are a covered entity or business associate and have received the record for treatment, payment, or "
        "health care operations, or\n"
        "(iii) You have received the record from a covered entity or business associate as permitted by 45 CFR part "
        "164, subparts A and E.\n"
        "A general authorization for the release of medical or other information is NOT sufficient to meet the "
        "required elements of written consent to further use or redisclose the record (see 42 CFR 2.31)."
    ),
    "short": "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
}
