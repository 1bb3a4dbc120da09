"""Each program that is there already gets the first version of the new kind, with the words a caller says."""

from django.db import migrations
from django.utils import timezone

from alongside.audit.triggers import suspended

SCRIPT = {
    "en": {
        "answer": "Hello, this is {caller}. May I speak with {name}, please?",
        "not_them": "Thank you, I will try again another time. It is nothing urgent. Goodbye.",
        "voicemail": "Hello, this is {caller}. It is nothing urgent. I will try again another day. Goodbye.",
        "hello": "Hello {name}, it is {caller}. We agreed that we would call you. Is this a good moment, and can you talk "
        "freely?",
        "ask": "How have things been since we last called? What went well, even a little?",
        "offer": "Is there something you would like help with, or somebody you would like to be in touch with? If it got "
        "harder, or you used again: I am glad that you are on the phone. Nothing is lost, and we keep calling.",
        "go_on": "We have called you for a while now. Would you like us to go on? How often would be right for you?",
        "goodbye": "Thank you for talking with me. Shall we call again on the same day of the week? You can change it or stop "
        "it at any time.",
    },
    "es": {
        "answer": "Hola, habla {caller}. ¿Puedo hablar con {name}, por favor?",
        "not_them": "Gracias, llamaré en otro momento. No es nada urgente. Adiós.",
        "voicemail": "Hola, habla {caller}. No es nada urgente. Llamaré otro día. Adiós.",
        "hello": "Hola {name}, soy {caller}. Quedamos en que le llamaríamos. ¿Es un buen momento, y puede hablar con "
        "libertad?",
        "ask": "¿Cómo le ha ido desde la última llamada? ¿Qué salió bien, aunque sea un poco?",
        "offer": "¿Hay algo en lo que le gustaría recibir ayuda, o alguien con quien quisiera estar en contacto? Si se puso "
        "más difícil, o volvió a consumir: me alegra que esté al teléfono. No se perdió nada, y seguimos llamando.",
        "go_on": "Ya llevamos un tiempo llamándole. ¿Quiere que sigamos? ¿Cada cuánto le vendría bien?",
        "goodbye": "Gracias por hablar conmigo. ¿Llamamos otra vez el mismo día de la semana? Puede cambiarlo o pararlo cuando "
        "quiera.",
    },
}
VALUES = {
    "every_days": 7, "weeks": 12, "tries": 2, "try_again_days": 2, "within_days": 7, "boost_every_days": 3,
    "more_after_days": 3, "claim_minutes": 30, "days_off": ["01-01", "12-25"], "script": SCRIPT,
}  # fmt: skip


def add(apps, schema_editor):
    Policy, Program = apps.get_model("council", "Policy"), apps.get_model("people", "Program")
    has = set(Policy._base_manager.filter(kind="phone_support").values_list("program_id", flat=True))
    for program in Program._base_manager.exclude(pk__in=has):
        Policy._base_manager.create(
            program=program, kind="phone_support", version=1, values=VALUES, adopted_at=timezone.now(), adopted_by=None
        )


def take_away(apps, schema_editor):
    """Versions are never removed, except with the kind itself."""
    with suspended(schema_editor.connection):
        apps.get_model("council", "Policy")._base_manager.filter(kind="phone_support").delete()


class Migration(migrations.Migration):
    dependencies = [("council", "0014_how_we_call_people"), ("people", "0004_leaner_indexes")]

    operations = [migrations.RunPython(add, take_away)]
