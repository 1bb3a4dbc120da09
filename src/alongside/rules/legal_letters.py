"""The neutral letter, and the sheet that goes on top of what a court ordered. Texts are data, in both languages.

Version 1, November 2026. A changed wording is another version: what was handed over can be written again.
Sections: 42 U.S.C. 290dd-2; 42 CFR 2.12(d), 2.13(c), 2.61-2.67.
"""

from collections.abc import Mapping

VERSION = 1

NEUTRAL: Mapping[int, Mapping[str, tuple[str, ...]]] = {
    1: {
        "en": (
            "We received what you sent or handed to us on {day}.",
            "We can neither confirm nor deny that any person has asked for or receives services here.",
            "Federal law and regulations (42 U.S.C. 290dd-2; 42 CFR part 2) restrict the use and disclosure "
            "of substance "
            "use disorder patient records. We answer every request in these words, whoever asks and whomever it is "
            "about (42 CFR 2.13(c)(2)). Nothing about any person can be concluded from this letter.",
            "Where those regulations apply, a subpoena, a warrant or a request is not enough. Records may be disclosed "
            "without the patient's consent only as the regulations allow: for a legal proceeding or an investigation, "
            "by an order of a court of competent jurisdiction entered under 42 CFR part 2, subpart E, after the "
            "procedure of sections 2.63 to 2.67, together with a subpoena or a similar legal mandate (42 CFR 2.61).",
            "On request we give you a copy of the regulations. Please send anything further to us in writing.",
        ),
        "es": (
            "Recibimos lo que usted nos envió o entregó el {day}.",
            "No podemos confirmar ni negar que alguna persona haya pedido o reciba servicios aquí.",
            "La ley y los reglamentos federales (42 U.S.C. 290dd-2; 42 CFR parte 2) restringen el uso y la divulgación "
            "de los expedientes de pacientes con trastornos por uso de sustancias. Respondemos a toda solicitud con "
            "estas palabras, sea quien sea quien pregunte y sea quien sea la persona (42 CFR 2.13(c)(2)). "
            "De esta carta "
            "no se puede concluir nada sobre ninguna persona.",
            "Donde se aplican esos reglamentos, una citación, una orden de registro o una solicitud no bastan. Sin el "
            "consentimiento del paciente, los expedientes solo se divulgan como lo permiten los reglamentos: para un "
            "proceso legal o una investigación, por orden de un tribunal competente dictada según 42 CFR parte 2, "
            "subparte E, tras el procedimiento de las secciones 2.63 a 2.67, junto con una citación o un mandato legal "
            "semejante (42 CFR 2.61).",
            "Si lo pide, le damos una copia de los reglamentos. Todo lo demás, por favor, envíenoslo por escrito.",
        ),
    }
}
"""Version -> language -> paragraphs; `{day}` is when it came. It names nobody, also where the demand does."""

COVER: Mapping[int, Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    1: {
        "en": {
            "all": (
                "Released under the order of {court}, number {number}, and the mandate {mandate} (42 CFR 2.61). "
                "It holds "
                "what the order names and nothing else, for {recipient} only.",
                "Any other use or disclosure is restricted by 42 U.S.C. 290dd-2 and 42 CFR 2.12(d), above all use in a "
                "civil, criminal, administrative, or legislative proceeding against the person.",
            ),
            "noncriminal": (
                "Use and disclosure are limited to the parts of the record that are essential to the objective of the "
                "order, and to those persons whose need for the information is its basis (42 CFR 2.64(e)).",
            ),
            "patient": (
                "Disclosure is limited to the law enforcement and prosecutorial officials who are responsible "
                "for, or are "
                "conducting, the investigation or prosecution, and use to the extremely serious crime or "
                "suspected crime "
                "specified in the application (42 CFR 2.65(e)).",
            ),
            "program": (
                "Patient identifying information must be deleted from any document made available to the "
                "public. Nothing "
                "here may be used to investigate or prosecute a patient, or as the basis for an application for "
                "an order "
                "under 42 CFR 2.65 (42 CFR 2.66(d)).",
            ),
        },
        "es": {
            "all": (
                "Se entrega por la orden de {court}, número {number}, y el mandato {mandate} (42 CFR 2.61). "
                "Contiene lo "
                "que la orden nombra y nada más, solo para {recipient}.",
                "Todo otro uso o divulgación está restringido por 42 U.S.C. 290dd-2 y 42 CFR 2.12(d), sobre "
                "todo el uso "
                "contra la persona en un proceso civil, penal, administrativo o legislativo.",
            ),
            "noncriminal": (
                "El uso y la divulgación se limitan a las partes del expediente esenciales para el objetivo de "
                "la orden, y "
                "a las personas cuya necesidad de la información es su fundamento (42 CFR 2.64(e)).",
            ),
            "patient": (
                "La divulgación se limita a los funcionarios responsables de la investigación o del proceso "
                "penal, o que "
                "los llevan a cabo, y el uso al delito sumamente grave, o presunto, que precisa la solicitud "
                "(42 CFR 2.65(e)).",
            ),
            "program": (
                "Los datos que identifican a pacientes deben borrarse de todo documento que se haga público. "
                "Nada de esto "
                "puede usarse para investigar o procesar a un paciente, ni como base de una solicitud según 42 "
                "CFR 2.65 "
                "(42 CFR 2.66(d)).",
            ),
        },
    }
}
"""Version -> language -> purpose (`all` first) -> paragraphs."""


def write_neutral(language: str, *, day: str, version: int = VERSION) -> tuple[str, ...]:
    """The paragraphs of the neutral letter. Raises KeyError for a language or version that there is not."""
    return tuple(text.format(day=day) for text in NEUTRAL[version][language])


def write_cover(
    language: str, purpose: str, *, court: str, number: str, mandate: str, recipient: str, version: int = VERSION
) -> tuple[str, ...]:
    """What goes on top of the records. Raises KeyError for a purpose under which none are released."""
    texts = COVER[version][language]
    named = {"court": court, "number": number, "mandate": mandate, "recipient": recipient}
    return tuple(text.format(**named) for text in (*texts["all"], *texts[purpose]))
