"""What the demo's invented people say: names, stories, hopes and notes, written for this purpose in both languages."""

NAMES = {
    "en": {
        "woman": [
            "Ana",
            "Grace",
            "Tanya",
            "Denise",
            "Hannah",
            "Priya",
            "Keisha",
            "Megan",
            "Linda",
            "Joy",
            "Ruth",
            "Nadia",
            "Brooke",
            "Carla",
            "Dawn",
            "Elena",
            "Faye",
        ],
        "man": [
            "Will",
            "James",
            "Andre",
            "Tyler",
            "Kevin",
            "Omar",
            "Luis",
            "Sam",
            "Terrence",
            "Paul",
            "Victor",
            "Ray",
            "Jamal",
            "Cole",
            "Ben",
            "Eric",
        ],
        "nonbinary": ["Alex", "River", "Jordan", "Sky", "Quinn", "Ari"],
    },
    "es": {
        "woman": [
            "Marisol",
            "Guadalupe",
            "Beatriz",
            "Lucía",
            "Teresa",
            "Alma",
            "Rocío",
            "Inés",
            "Pilar",
            "Ximena",
        ],
        "man": [
            "Javier",
            "Miguel",
            "Ernesto",
            "Rafael",
            "Héctor",
            "Raúl",
            "Andrés",
            "Óscar",
            "Tomás",
            "Julio",
            "Ramón",
            "Esteban",
        ],
        "nonbinary": ["Ariel", "Noa", "Cruz"],
    },
}
FAMILY_NAMES = {
    "en": [
        "Moore",
        "Williams",
        "Brooks",
        "Carter",
        "Nguyen",
        "Patel",
        "Johnson",
        "Davis",
        "Reed",
        "Foster",
        "Hayes",
        "Turner",
        "Bell",
        "Coleman",
        "Park",
        "Kim",
        "Wright",
        "Simmons",
        "Ortiz",
        "Lam",
        "Bennett",
        "Price",
        "Murphy",
        "Grant",
    ],
    "es": [
        "García",
        "Martínez",
        "López",
        "Hernández",
        "Ramírez",
        "Torres",
        "Flores",
        "Rivera",
        "Gómez",
        "Díaz",
        "Reyes",
        "Morales",
        "Cruz",
        "Ortega",
        "Núñez",
        "Peña",
        "Salazar",
        "Domínguez",
    ],
}

STORIES = {
    "en": [
        "I spent my first month home afraid of my own phone. A man from my street called every day at six, and we talked "
        "about baseball. That call is why I do this.",
        "I raised two kids while I was finding my way. I know the bus lines, the school office and the feeling of being "
        "judged at both. We can plan one day at a time.",
        "I came home after four years inside and did not know how to order a coffee. I will walk in with you wherever you "
        "need to go.",
        "Medication gave me back my mornings. Some people did not understand. I do not need you to explain yourself.",
        "My daughter is the one who was using. I learned to love her and sleep at night. It took people, not advice.",
        "I tried meetings, church, running and fishing. Fishing won, with a little of each. Your way can be your own.",
        "I lost my brother to an overdose and carried naloxone ever since. I can sit with hard days and with quiet ones.",
        "I was a nurse before I was somebody who needed one. I remember the shame, and I remember when it lifted.",
        "I still have heavy days. I get up, make eggs, and call somebody. I would be glad if that somebody were you.",
        "The Army taught me to say I was fine. My peer taught me not to. I am good at listening in a parked car.",
        "Music got me through the evenings, which were the worst. I run a Thursday jam, and nobody has to be good.",
        "I started over in this city with one bag. I can show you where the food, the showers and the kind people are.",
    ],
    "es": [
        "Llegué a este país con miedo y con prisa. Aprendí a pedir ayuda despacio. Le acompaño en su idioma y a su paso.",
        "Crié a mis hijos mientras encontraba mi camino. Conozco las oficinas, los camiones y las noches largas.",
        "Mi fe me sostuvo, y también mi vecina, que tocaba la puerta cada tarde. Yo puedo tocar la suya, si usted quiere.",
        "Perdí un trabajo y casi a mi familia. Hoy tengo un puesto de tamales y tiempo para escuchar.",
        "Mi hijo consume y yo no sabía con quién hablar. Encontré a otras madres. Usted tampoco tiene que hacerlo a solas.",
    ],
}

HOPES = {
    "en": [
        "I want somebody to call before I do something I regret.",
        "Getting through the first weeks at home.",
        "I need to find a room that is quiet at night.",
        "I want my kids to trust me again.",
        "Help me get to a first meeting. I do not want to walk in alone.",
        "A job that does not ask too much too soon.",
        "I would like new friends who do not drink.",
        "Court is in three weeks and I am scared.",
        "I do not know what I need. Somebody who gets it.",
    ],
    "es": [
        "Quiero hablar con alguien que entienda sin juzgarme.",
        "Necesito pasar las primeras semanas en casa.",
        "Quiero que mi familia vuelva a confiar en mí.",
        "Busco trabajo y un lugar tranquilo para vivir.",
        "Me gustaría ir a una reunión con alguien, no a solas.",
    ],
}
LOVED_ONE_HOPES = {
    "en": [
        "My son is using again and I do not sleep. I need somebody for me.",
        "I love her and I do not know what helps and what hurts.",
    ],
    "es": ["Mi esposo consume y yo ya no sé qué hacer. Necesito a alguien para mí."],
}

NOTES = {
    "en": [
        "We walked around the park and talked about the week. He laughed about the dog.",
        "She had a hard evening and called her sister instead. We were both proud.",
        "Went together to look at the room on Alvarado. It is small and bright, and it has a window.",
        "Talked through what to say at work. She wrote three sentences down.",
        "He is sleeping better. He wants to try the Tuesday group next week, and I said I would sit beside him.",
        "Short call. Tired, safe, eating. We will talk on Thursday.",
        "We filled in the form for the bus pass together.",
        "She asked how I told my kids. I told her my way, and that hers can be different.",
        "Coffee near the library. He is thinking about school again.",
        "Practiced saying no to the cousin. We made it silly and it worked.",
    ],
    "es": [
        "Caminamos por el parque y hablamos de la semana.",
        "Tuvo una tarde difícil y llamó a su hermana. Nos dio gusto a los dos.",
        "Fuimos a ver el cuarto. Es chico y tranquilo.",
        "Llenamos juntos la solicitud. Falta una firma.",
        "Llamada corta. Con cansancio, pero bien. Hablamos el jueves.",
    ],
}
NEXT_STEPS = {
    "en": ["Call about the room", "Go to the Tuesday group together", "Call after court", "Bring the bus form"],
    "es": ["Llamar por lo del cuarto", "Ir a la reunión del martes", "Llamar después de la cita"],
}
FOR_ME_ALONE = "Hard to hear about the eviction. It was mine too, once. Call my own sponsor on Sunday, and walk."
BREAKFAST, KITCHEN = "Desayuno con mi hermana", "En su cocina"
FELT = "Llegué con pocas ganas y me fui más tranquila. El café ayudó."
ALONG = "¿Vienes conmigo? La primera vez sola me cuesta."
GLADLY = "Con gusto. Te espero en la puerta."
THEIR_LINE = {"en": "I would like to see the room on Friday.", "es": "Quiero ver el cuarto el viernes."}
ANSWERS = {
    "en": [
        "Thank you for staying on the phone.",
        "That is how I remember it too.",
        "It was my cousin, not my uncle. The rest is right.",
    ],
    "es": ["Gracias por escucharme.", "Así fue. Gracias."],
}
MESSAGES = {
    "en": [
        ("participant", "Are we still on for tomorrow?"),
        ("peer", "Yes. I will be by the door at four."),
        ("participant", "Today was better."),
        ("peer", "I am glad you told me. Same time Thursday?"),
    ],
    "es": [
        ("participant", "¿Nos vemos mañana?"),
        ("peer", "Sí. Le espero en la puerta a las cuatro."),
        ("participant", "Hoy estuvo mejor."),
    ],
}

ROSAS_PAGES = {
    "plan": {
        "hope": "Un cuarto con ventana para mí y mi hija, y despertar sin miedo.",
        "strengths": "Soy paciente. Cocino para muchos. Cumplo lo que digo a mi hija.",
        "places": "La biblioteca de la calle Primera\nEl parque junto al río",
        "stage_home": "getting_ready",
        "stage_health": "doing",
        "stage_purpose": "thinking",
    },
    "safe": {
        "signs": "Dejo de contestar el teléfono. Duermo de día.",
        "own_ways": "Salir a caminar. Poner música de mi mamá. Agua fría en la cara.",
        "company": "La biblioteca de la calle Primera\nLupe, mi vecina 213-555-0171",
        "ask": "Mi hermana Ana 213-555-0199",
        "safer": "Ana guarda las pastillas. La naloxona está junto a la puerta.",
    },
    "well": {
        "good_day": "Canto mientras cocino y hablo con mi hija sin prisa.",
        "each_day": "Desayunar. Media hora afuera. Acostarme antes de las once.",
        "harder": "Los domingos por la tarde. Las cartas de la renta.",
    },
}
"""What Rosa of the demo wrote on her own pages: page -> part -> words."""

ROSA_WITH_DANTE = {"people": "Mi hermana Ana\nLupe, la vecina\nDante"}
ROSAS_GOALS = (
    ("home", "Un cuarto seguro para las dos", (
        ("Anotarme en la lista de vivienda", "person", None),
        ("Preguntar en la oficina del condado", "peer", 3),
        ("Ver dos cuartos con Ana", "person", 6),
    )),
    ("community", "Comer con otras personas los domingos", (("Ir a la comida de la iglesia con Lupe", "person", 2),)),
)  # fmt: skip
"""(area, goal, (step, who takes it, in how many days)); the first step of each is done."""

CHECKED_IN = ("mood", "craving", "connection", "health", "home", "purpose", "community")
ROSAS_CHECK_INS = (
    (2, 2, 1, 2, 2, 2, 1),
    (2, 3, 2, 2, 2, 2, 2),
    (3, 3, 3, 2, 2, 3, 2),
    (3, 3, 3, 3, 2, 3, 3),
    (4, 4, 3, 3, 2, 3, 3),
    (3, 4, 4, 3, 2, 4, 3),
)
"""One row a week, the earliest first: it grows, and home stays hard."""

ROSAS_ANSWERS = (
    (40, "barc-10", (4, 3, 3, 2, 2, 4, 2, 4, 3, 4)),
    (40, "ucla-3", (3, 2, 3)),
    (12, "readiness-ruler", (8, 5, 6)),
    (1, "ucla-3", (2, 2, 2)),
    (1, "barc-10", (5, 4, 4, 3)),
)
"""(days ago, instrument, the answers in order); the latest is only begun."""

ROSAS_MILESTONE = "Llamé yo primero, sin que nadie me lo pidiera"

WORRIES = (
    "Escribió que no ha dormido en tres noches, y hoy no contesta.",
    "Ayer no llegó a la cita. Su vecina dice que no ha salido.",
)
AGREED = "Hablé con ella. Está con su hermana y mañana van juntas a su cita."
DEBRIEF = "Dante está bien. Le sirvió contarlo, y esta semana descansa el viernes."
LAW = {
    "sender": "Law office of Hale and Park, by a process server",
    "asks": "All records about the person named, in a custody matter, within ten days.",
    "why": "The name and the birth date on the paper are hers.",
    "counsel": "M. Okafor, by telephone",
    "court": "Superior Court, family division",
    "kept": "In the safe of the front office",
    "which": "The subpoena, page 1 of 1",
    "paper": ("SUBPOENA", "Superior Court, family division", "No. 24-SU-0193", "This is an example of the demo."),
}
INCIDENT = {
    "what": "A phone of ours was left on a bus. It was not locked for about an hour.",
    "why": "Her messages were open on it.",
    "factors": {
        "what_kind": "A first name, a telephone number and three messages.",
        "who_got_it": "The driver, who handed it in the same day. Nobody else is known.",
        "was_it_seen": "We cannot rule it out: the screen was on.",
        "what_was_done": "The phone was signed out from afar and the password changed within the hour.",
    },
    "decision": "We cannot show that nobody read it. So people are told.",
    "letter": {
        "en": {
            "what_happened": "A phone of ours was left on a bus, and for about an hour somebody could have read it.",
            "protect_yourself": "If somebody speaks to you about what only you and we know, tell us at once.",
            "what_we_do": "We signed the phone out, changed the password, and lock every phone after one minute now.",
        },
        "es": {
            "what_happened": "Un teléfono nuestro quedó en un autobús, y durante una hora alguien pudo leerlo.",
            "protect_yourself": "Si alguien le habla de lo que solo usted y nosotros sabemos, díganoslo enseguida.",
            "what_we_do": "Cerramos la sesión del teléfono, cambiamos la contraseña y ahora cada teléfono se bloquea al "
            "minuto.",
        },
    },
}

CALLED = "We talked for ten minutes. The new shift is tiring, and Sunday dinner with the family went well."
NELL_TOLD = "Saturday, after the funeral. I am not proud of it. I would like to hear a voice this week."

WALK = {
    "name_en": "Walk by the river",
    "name_es": "Paseo junto al río",
    "about_en": "We walk for an hour, at the pace of the slowest. Talk or be quiet, as you like.",
    "about_es": "Caminamos una hora, al paso de quien va más despacio. Hablar o callar, como cada quien quiera.",
    "place": "Bench at the gate of the park, 400 River Street",
}
WALK_MOVED = "The park closes early that day."
WALK_OFF = "Heavy rain."
WALKED = "We walked to the bridge and back, and talked about what makes an evening good."
EVENING = {
    "name_en": "An evening for those who love somebody",
    "name_es": "Una tarde para quienes quieren a alguien",
    "about_en": "For family and friends. Nobody has to tell anything. There is tea.",
    "about_es": "Para familiares y amistades. Nadie tiene que contar nada. Hay té.",
    "place": "Eastside, the room on the first floor",
}

JOB_CENTER = "Eastside Job Center"
REFERRED: tuple[dict[str, str], ...] = (
    {"goes_by": "Terrell", "from_name": "Ana Ito", "from_place": "County Hospital", "phone": "+12135550181",
     "words": "Leaves the hospital on Friday and would like somebody to talk to."},
    {"goes_by": "Marisela", "from_name": "B. Osei", "from_place": "Public library", "phone": "+12135550182",
     "words": "Wants a peer who speaks Spanish."},
)  # fmt: skip
"""Whom somebody outside referred."""

GAMES = {
    "place": "River Street hall, 410 River Street",
    "bring_en": "A game you like",
    "bring_es": "Un juego que le guste",
}
HALL = {"place": "River Street hall, 410 River Street"}
FAMILIES = {
    "title_en": "Tea for those who love somebody",
    "title_es": "Un té para quienes quieren a alguien",
    "words_en": "Two hours without having to explain anything. There is tea, and somebody who has been there.",
    "words_es": "Dos horas sin tener que explicar nada. Hay té, y alguien que ha pasado por eso.",
    "place": "Eastside, the room on the first floor",
}
PEERS_BREAKFAST = {
    "title_en": "Breakfast for peers",
    "title_es": "Desayuno para quienes acompañan",
    "words_en": "Eat first, talk after. No agenda.",
    "words_es": "Primero comer, después hablar. Sin orden del día.",
    "place": "Eastside, the kitchen",
}
PICNIC = {
    "title_en": "Picnic by the river",
    "title_es": "Día de campo junto al río",
    "words_en": "Bring a blanket. There is shade, and room for children to run.",
    "words_es": "Traiga una cobija. Hay sombra y espacio para que corran los niños.",
    "place": "The lawn behind the boathouse",
}
PICNIC_OFF = "A storm is coming. We look for another day."
ONLINE = {
    "title_en": "Cooking together, each at home",
    "title_es": "Cocinar juntos, cada quien en su casa",
    "words_en": "Soup for one or for six. The list of what to buy comes with the link.",
    "words_es": "Sopa para una persona o para seis. La lista de compras viene con el enlace.",
    "is_online": True,
    "link": "https://example.org/kitchen",
    "place": "",
}

PAGE_NAMES = ("Lark 31", "Walking Owl", "Gorrión 40", "Robin 77")
PAGE = (
    (1, None, 60, "Welcome to our page. Write what you would say on the way. On Tuesday we meet at the bridge."),
    (2, None, 41, "La primera semana me costó salir de casa. Hoy salí. Gracias por esperarme."),
    (0, 1, 39, "Qué bueno que viniste. We go slowly, there is always somebody at the end of the line."),
    (3, None, 20, "Does anybody know a quiet place to sit after work? I do not want to go straight home."),
    (1, 3, 18, "The library has a garden behind it. Open until eight."),
    (2, None, 3, "I did not sleep, and it feels like it is too much today."),
)
"""Who (rosa, dante, two more), what it answers, how many hours ago, the words."""
