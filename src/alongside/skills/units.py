"""The first units of the curriculum, in English and Spanish: our own words, with where each idea comes from.

Each is a page to read in two minutes, one thing to try, and questions to talk about with somebody who has been there.
A program may leave units out, order them anew, and write its own (`models.Unit`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Words:
    """One unit in one language. `ideas` and `questions` are short lines; `practice` is one small thing to try."""

    title: str
    why: str
    ideas: tuple[str, ...]
    practice: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class BuiltIn:
    """One unit that comes with the product: its words by language, and its sources."""

    code: str
    words: Mapping[str, Words]
    sources: tuple[str, ...]


MARLATT = "Marlatt and Donovan (2005), on urges and on offers"
BOWEN = "Bowen and others (2014): riding out an urge as a wave"
TIP35 = "SAMHSA, TIP 35, Enhancing Motivation for Change (2019)"
MATRIX = "SAMHSA, Matrix Intensive Outpatient Treatment, client handbook (2006): routines, refusing, trust"
CDC_SLEEP = "CDC, About Sleep: habits that help"
CFPB = "CFPB, Your Money, Your Goals (2022 toolkit)"
COMPETENCIES = "SAMHSA, Core Competencies for Peer Workers in Behavioral Health Services (2015)"
CRISIS_CARE = "SAMHSA, Advisory: Peer Support Services in Crisis Care (June 2022)"
KELLY = "Kelly and others, Cochrane review of mutual-help groups (2020)"
FAMILY = "Meyers and Wolfe, Get Your Loved One Sober (2004): rebuilding trust by what is done"

BUILT_IN: tuple[BuiltIn, ...] = (
    BuiltIn(
        "urges",
        {
            "en": Words(
                "When an urge comes",
                "An urge rises, stays a while and goes down again, most often within half an hour. It is a wave and no order. You have "
                "let more of them pass than you may think.",
                (
                    "Say to yourself what it is: this is an urge, and it will pass.",
                    "Put time between it and you: ten minutes, then ten more.",
                    "Go somewhere else, even if it is only another room.",
                    "Call or text somebody before, and not after.",
                    "Breathe out longer than in, and feel your feet on the ground.",
                    "Eat, drink water, rest: hunger and tiredness feed it.",
                ),
                "Choose two ways that fit you. Try one of them with the next small urge, for anything at all, and notice how long it "
                "lasts.",
                (
                    "When do they come most, and what was there just before?",
                    "What helped you one time when you did not expect it?",
                    "Whom could you tell while it lasts?",
                ),
            ),
            "es": Words(
                "Cuando llegan las ganas",
                "Las ganas suben, se quedan un rato y vuelven a bajar, casi siempre en menos de media hora. Son una ola y no una orden. "
                "Ya ha dejado pasar más de las que cree.",
                (
                    "Dígase lo que es: son ganas, y van a pasar.",
                    "Ponga tiempo de por medio: diez minutos, y luego otros diez.",
                    "Vaya a otro lugar, aunque sea a otro cuarto.",
                    "Llame o escriba a alguien antes, y no después.",
                    "Suelte el aire más despacio de lo que lo toma y sienta los pies en el suelo.",
                    "Coma, tome agua, descanse: el hambre y el cansancio las alimentan.",
                ),
                "Elija dos maneras que le vayan bien. Pruebe una con las próximas ganas pequeñas, de lo que sea, y fíjese en cuánto "
                "duran.",
                (
                    "¿Cuándo le llegan más, y qué había justo antes?",
                    "¿Qué le ayudó alguna vez sin que lo esperara?",
                    "¿A quién podría decírselo mientras duran?",
                ),
            ),
        },
        (MARLATT, BOWEN),
    ),
    BuiltIn(
        "refusing",
        {
            "en": Words(
                "Saying no",
                "Offers come from people you like, and at bad moments. A short no that was practised aloud comes out by itself.",
                (
                    "Keep it short: No, thank you. You owe nobody a reason.",
                    "Look at the person and say it once, calmly.",
                    "Say what you would like in its place: a coffee, a walk, a ride home.",
                    "If they go on, say it again in the same words, and leave.",
                    "Have your own drink in your hand and your own way home.",
                    "You may lie low for a while: not every party needs you.",
                ),
                "Find your sentence. Say it aloud five times with somebody who plays the other part, and let them insist.",
                (
                    "Who is hardest to say no to, and why?",
                    "Which place would you rather not go to for now?",
                    "How did it feel when you said it?",
                ),
            ),
            "es": Words(
                "Decir que no",
                "Quienes ofrecen son a menudo personas que uno quiere, y en mal momento. Un no corto que se ha practicado en voz alta "
                "sale solo.",
                (
                    "Que sea corto: No, gracias. No le debe explicaciones a nadie.",
                    "Mire a la persona y dígalo una vez, con calma.",
                    "Diga lo que sí quiere: un café, caminar, que le lleven a casa.",
                    "Si insisten, repítalo con las mismas palabras y váyase.",
                    "Tenga su propia bebida en la mano y su propia manera de volver a casa.",
                    "Puede apartarse un tiempo: no hace falta ir a todas las fiestas.",
                ),
                "Encuentre su frase. Dígala cinco veces en voz alta con alguien que haga de la otra persona, y deje que insista.",
                (
                    "¿A quién le cuesta más decirle que no, y por qué?",
                    "¿A qué lugar prefiere no ir por ahora?",
                    "¿Qué sintió cuando lo dijo?",
                ),
            ),
        },
        (MARLATT, MATRIX),
    ),
    BuiltIn(
        "sleep",
        {
            "en": Words(
                "Sleeping again",
                "Sleep is often the last thing to come back, and bad nights make everything harder. It does come back. Small habits help "
                "more than force.",
                (
                    "Get up at the same time each day, whatever the night was like.",
                    "See daylight in the morning, and move during the day.",
                    "No coffee, cola or energy drink after noon.",
                    "Put the phone away half an hour before bed.",
                    "Awake for long? Get up, do something quiet in dim light, and go back when you are sleepy.",
                    "Write down what turns in your head, and leave it there until tomorrow.",
                ),
                "Choose one habit and keep it for three nights. Note in the morning how the night was, in one word.",
                (
                    "What wakes you up or keeps you awake?",
                    "How is the place where you sleep? What could be a little better?",
                    "If it has been bad for weeks: who at your doctor's office could you ask?",
                ),
            ),
            "es": Words(
                "Volver a dormir",
                "El sueño suele ser lo último que vuelve, y las malas noches lo hacen todo más difícil. Pero vuelve. Los pequeños hábitos "
                "ayudan más que la fuerza.",
                (
                    "Levántese cada día a la misma hora, haya sido como haya sido la noche.",
                    "Busque la luz del día por la mañana y muévase durante el día.",
                    "Nada de café, cola ni bebidas energéticas después del mediodía.",
                    "Deje el teléfono media hora antes de acostarse.",
                    "¿Mucho rato sin dormir? Levántese, haga algo tranquilo con poca luz y vuelva cuando tenga sueño.",
                    "Escriba lo que le da vueltas en la cabeza y déjelo ahí hasta mañana.",
                ),
                "Elija un hábito y manténgalo tres noches. Por la mañana anote en una palabra cómo fue la noche.",
                (
                    "¿Qué le despierta o no le deja dormir?",
                    "¿Cómo es el lugar donde duerme? ¿Qué podría mejorar un poco?",
                    "Si lleva semanas mal: ¿a quién podría preguntar en su consultorio médico?",
                ),
            ),
        },
        (CDC_SLEEP,),
    ),
    BuiltIn(
        "money",
        {
            "en": Words(
                "Money, step by step",
                "Money worries are among the hardest. Nobody clears them in a day. Seeing where you stand takes away part of the weight.",
                (
                    "For one week write down what comes in and what goes out. Only look, change nothing yet.",
                    "First what keeps you safe: a place to live, food, light, medicine, the way to work.",
                    "Payday can be a hard day. Plan it: who is with you, and where does the money go first?",
                    "Put the smallest amount aside each week. One dollar is a beginning.",
                    "Call those you owe before they call you: many agree to small payments.",
                    "Nobody trustworthy asks for your password or wants money in advance.",
                ),
                "Make the list of one week together, on paper. Choose one bill and one call to make.",
                (
                    "Which bill do you think of at night?",
                    "What would help on payday?",
                    "Which help may you have a right to, and who knows about it?",
                ),
            ),
            "es": Words(
                "El dinero, paso a paso",
                "Las preocupaciones por dinero son de las más duras. Nadie las resuelve en un día. Ver cómo está uno quita parte del "
                "peso.",
                (
                    "Durante una semana anote lo que entra y lo que sale. Solo mire, todavía no cambie nada.",
                    "Primero lo que le da seguridad: un techo, comida, luz, medicinas, cómo llegar al trabajo.",
                    "El día de pago puede ser difícil. Planéelo: ¿quién le acompaña y adónde va primero el dinero?",
                    "Aparte lo más pequeño cada semana. Un dólar ya es un comienzo.",
                    "Llame a quienes les debe antes de que llamen: muchos aceptan pagos pequeños.",
                    "Nadie de confianza le pide su contraseña ni dinero por adelantado.",
                ),
                "Hagan juntos, en papel, la lista de una semana. Elija una cuenta y una llamada.",
                (
                    "¿En qué cuenta piensa por la noche?",
                    "¿Qué le ayudaría el día de pago?",
                    "¿A qué ayudas puede tener derecho, y quién sabe de eso?",
                ),
            ),
        },
        (CFPB,),
    ),
    BuiltIn(
        "routines",
        {
            "en": Words(
                "Days with a shape",
                "Empty hours are hard hours. A day with a few fixed points carries you when you do not feel like it.",
                (
                    "Three fixed points are enough: getting up, one meal with others, going to bed.",
                    "Plan the hour that is hardest first.",
                    "Put something good in each day, however small.",
                    "Tie the new to the old: after coffee, I walk to the corner.",
                    "When a day goes wrong, the next one begins new. Nothing is lost.",
                ),
                "Draw tomorrow as three points and one good thing. Tell each other in the evening how it went.",
                (
                    "Which hour of the day is hardest?",
                    "What did you once like to do?",
                    "Who could share one of your fixed points?",
                ),
            ),
            "es": Words(
                "Días con forma",
                "Las horas vacías son horas difíciles. Un día con unos pocos puntos fijos le sostiene cuando no tiene ganas.",
                (
                    "Bastan tres puntos fijos: levantarse, una comida con otros, acostarse.",
                    "Planee primero la hora más difícil.",
                    "Ponga algo bueno en cada día, por pequeño que sea.",
                    "Una lo nuevo a lo de siempre: después del café, camino hasta la esquina.",
                    "Si un día sale mal, el siguiente empieza de nuevo. No se pierde nada.",
                ),
                "Dibuje el día de mañana con tres puntos y una cosa buena. Por la noche cuéntense cómo fue.",
                (
                    "¿Qué hora del día es la más difícil?",
                    "¿Qué le gustaba hacer antes?",
                    "¿Quién podría compartir uno de sus puntos fijos?",
                ),
            ),
        },
        (MATRIX, TIP35),
    ),
    BuiltIn(
        "asking",
        {
            "en": Words(
                "Asking for help",
                "Many of us learned never to ask. People who recover do it together, and most people are glad to be asked.",
                (
                    "Ask for one thing that can be done: Can you drive me on Tuesday?",
                    "Say why you ask this person.",
                    "A no is about their day and not about you. Ask the next one.",
                    "Ask early, while it is still small.",
                    "Keep a short list with numbers where you find it at night.",
                    "You may ask for company without saying what is wrong.",
                ),
                "Choose something small that you need this week. Write the sentence, and ask one person before you meet again.",
                (
                    "What makes asking hard for you?",
                    "When did somebody help you well, and what did they do?",
                    "Who are three people on your list?",
                ),
            ),
            "es": Words(
                "Pedir ayuda",
                "Muchos aprendimos a no pedir nunca. La recuperación se hace en compañía, y a casi todo el mundo le alegra que se lo "
                "pidan.",
                (
                    "Pida una cosa que se pueda hacer: ¿Me puedes llevar el martes?",
                    "Diga por qué se lo pide a esa persona.",
                    "Un no habla de su día y no de usted. Pregunte a la siguiente.",
                    "Pida pronto, mientras todavía es pequeño.",
                    "Tenga una lista corta con números donde la encuentre de noche.",
                    "Puede pedir compañía sin decir qué pasa.",
                ),
                "Elija algo pequeño que necesite esta semana. Escriba la frase y pídaselo a una persona antes de volver a verse.",
                (
                    "¿Qué le hace difícil pedir?",
                    "¿Cuándo le ayudó bien alguien, y qué hizo?",
                    "¿Quiénes son tres personas de su lista?",
                ),
            ),
        },
        (COMPETENCIES, CRISIS_CARE),
    ),
    BuiltIn(
        "trust",
        {
            "en": Words(
                "Rebuilding trust",
                "Trust that was lost comes back by what others see over time, and at their own pace. You can begin today, and you cannot "
                "hurry it.",
                (
                    "Promise little, and keep it.",
                    "Tell before you are asked: I will be late.",
                    "Listen to the anger without defending yourself. You need not agree with all of it.",
                    "Say you are sorry for one thing, plainly, and say what you do differently.",
                    "They may need time or distance. That is theirs to choose.",
                    "Trust yourself again, too: notice each word that you kept.",
                ),
                "Choose one person and one small promise for this week. Keep it, and say nothing about it.",
                (
                    "Whose trust do you miss most?",
                    "What would they have to see?",
                    "Which of your own words did you keep lately?",
                ),
            ),
            "es": Words(
                "Recuperar la confianza",
                "La confianza perdida vuelve con lo que los demás ven a lo largo del tiempo, y a su propio paso. Puede empezar hoy, y no "
                "se puede apurar.",
                (
                    "Prometa poco, y cúmplalo.",
                    "Avise antes de que le pregunten: voy a llegar tarde.",
                    "Escuche el enojo sin defenderse. No tiene que estar de acuerdo con todo.",
                    "Pida perdón por una cosa, con claridad, y diga qué hace ahora de otra manera.",
                    "Quizás necesiten tiempo o distancia. Eso lo deciden ellos.",
                    "Vuelva también a confiar en usted: fíjese en cada palabra que cumplió.",
                ),
                "Elija a una persona y una promesa pequeña para esta semana. Cúmplala sin decir nada.",
                (
                    "¿De quién extraña más la confianza?",
                    "¿Qué tendría que ver esa persona?",
                    "¿Qué palabra suya cumplió hace poco?",
                ),
            ),
        },
        (FAMILY, MATRIX),
    ),
    BuiltIn(
        "first_meeting",
        {
            "en": Words(
                "Going to a first meeting",
                "There are many kinds of groups: twelve-step, secular, faith, online, for families. You may look at several and keep what "
                "fits. The first time is the hardest.",
                (
                    "You need not speak. I am just listening today is a full sentence.",
                    "Come ten minutes early, or online with the camera off.",
                    "First names are enough. What is said there stays there.",
                    "Go with somebody: your peer may come along.",
                    "Try a group three times, or three groups once, before you decide.",
                    "If it does not fit, it is the wrong room and not the wrong you.",
                ),
                "Find two meetings that you could get to this week. Choose one, and settle who comes along.",
                (
                    "What have you heard about groups, and what of it worries you?",
                    "What would make you feel welcome?",
                    "How would you get there and back?",
                ),
            ),
            "es": Words(
                "Ir por primera vez a un grupo",
                "Hay muchas clases de grupos: de doce pasos, laicos, de fe, en línea, para familias. Puede conocer varios y quedarse con "
                "lo que le sirva. La primera vez es la más difícil.",
                (
                    "No tiene que hablar. Hoy solo vengo a escuchar es una frase completa.",
                    "Llegue diez minutos antes, o en línea con la cámara apagada.",
                    "Basta con el nombre de pila. Lo que se dice allí se queda allí.",
                    "Vaya con alguien: la persona que le acompaña puede ir.",
                    "Pruebe un grupo tres veces, o tres grupos una vez, antes de decidir.",
                    "Si no le va, la sala no es la suya; usted está bien.",
                ),
                "Busquen dos reuniones a las que pueda llegar esta semana. Elija una y acuerden quién va con usted.",
                (
                    "¿Qué ha oído de los grupos, y qué le preocupa?",
                    "¿Qué le haría sentir que es bienvenida su presencia?",
                    "¿Cómo llegaría y cómo volvería?",
                ),
            ),
        },
        (KELLY, MATRIX),
    ),
)
"""In the order in which they are offered until a program orders them."""

BY_CODE: Mapping[str, BuiltIn] = {unit.code: unit for unit in BUILT_IN}
