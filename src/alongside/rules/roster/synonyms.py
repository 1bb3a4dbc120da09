"""What programs write for the terms of `rules.vocabulary`: code -> words, English and Spanish, folded.

These are other people's words, read and never shown. They become the person-first codes of the house.
"""

from collections.abc import Mapping
from functools import cache

from alongside.rules.roster.text import fold_words, word_set

LANGUAGES: Mapping[str, str] = {
    "en": "english|eng|en|ingles|ing|inglesa",
    "es": "spanish|spa|span|sp|es|esp|espanol|castellano|espanola",
    "vi": "vietnamese|vi|viet|vietnamita",
    "zh": "chinese|zh|mandarin|cantonese|chino|mandarin chinese",
    "ko": "korean|ko|coreano",
    "tl": "tagalog|tl|filipino|pilipino",
    "ru": "russian|ru|ruso",
    "ar": "arabic|ar|arabe",
    "hy": "armenian|hy|armenio",
    "fa": "farsi|persian|fa|dari|persa",
    "ht": "haitian creole|creole|ht|hc|haitian|kreyol|criollo haitiano",
    "fr": "french|fr|frances",
    "pt": "portuguese|pt|portugues|brazilian portuguese",
    "ase": "asl|american sign language|sign language|ase|sign|lengua de senas|lenguaje de senas|senas",
    "en+es": "bilingual|bilingue|both|ambos|ambos idiomas|eng span|en es|spanglish",
}
GENDERS: Mapping[str, str] = {
    "woman": (
        "woman|women|female|f|w|fem|femenino|femenina|mujer|mujeres|girl|lady|trans woman|transgender woman|"
        "mujer trans|cis woman|she her|she|ella|mujer transgenero|trans female|mtf"
    ),
    "man": (
        "man|men|male|m|h|masc|masculino|hombre|hombres|guy|trans man|transgender man|hombre trans|cis man|he him|he|"
        "el|varon|hombre transgenero|trans male|ftm"
    ),
    "nonbinary": (
        "nonbinary|non binary|nb|enby|x|genderqueer|gender fluid|genderfluid|no binario|no binaria|no binarie|"
        "they them|they|two spirit|agender|nobinario"
    ),
    "self_described": "other|self described|self describe|otro|otra|transgender|trans|queer|se describe|intersex",
    "not_said": (
        "prefer not to say|prefers not to say|not said|declined|decline to state|refused|no dice|prefiere no decir|"
        "prefiero no decir|decline|undisclosed|rather not say|no contesto|sin especificar"
    ),
}
RACES: Mapping[str, str] = {
    "native": (
        "american indian or alaska native|american indian|alaska native|native american|indigenous|indigena|"
        "first nations|"
        "indigena americana|indigena americano|nativo americano|nativa americana|nativo de alaska|"
        "indigena de las americas o nativa de alaska|ai an|aian"
    ),
    "asian": (
        "asian|asian american|asiatica|asiatico|south asian|east asian|filipino|filipina|chinese|vietnamese|korean|"
        "japanese|indian"
    ),
    "black": (
        "black or african american|black|african american|black african american|negra|negro|afroamericana|"
        "afroamericano|afrodescendiente|african|afro american|negra o afroamericana|negro o afroamericano"
    ),
    "latino": (
        "hispanic or latino|hispanic|latino|latina|latinx|latine|hispana|hispano|hispanic latino|latino a|"
        "hispana o latina|hispano o latino|mexican|mexican american|chicano|chicana|puerto rican|hispanic or latina"
    ),
    "mena": (
        "middle eastern or north african|middle eastern|north african|mena|arab|arab american|medio oriente|"
        "de medio oriente o norte de africa|arabe|norafricana|norafricano"
    ),
    "pacific": (
        "native hawaiian or pacific islander|native hawaiian|pacific islander|hawaiian|nhpi|samoan|polynesian|"
        "native hawaiian or other pacific islander|islas del pacifico|isleno del pacifico|hawaiana|hawaiano|"
        "de hawai o de las islas del pacifico"
    ),
    "white": "white|caucasian|european|blanca|blanco|white european|anglo|caucasica|caucasico",
    "another": (
        "another|other|other race|some other race|another race|otra|otro|otra raza|multiracial|mixed|mestiza|mestizo"
    ),
    "not_said": (
        "rather not say|prefer not to say|prefer not to answer|decline to state|declined|decline to answer|refused|"
        "unknown|not said|prefiere no decir|prefiero no decirlo|no dice|desconocido|no contesta"
    ),
}
PATHWAYS: Mapping[str, str] = {
    "twelve_step": (
        "12 step|12 steps|twelve step|twelve steps|12step|12steps|aa|na|a a|n a|ca|cma|alcoholics anonymous|"
        "narcotics anonymous|al anon|alanon|nar anon|naranon|12 pasos|doce pasos|alcoholicos anonimos|"
        "narcoticos anonimos|traditional|big book|step work|aa na|12 step program|heroin anonymous|cocaine anonymous|"
        "coda"
    ),
    "secular": (
        "secular|smart|smart recovery|lifering|life ring|women for sobriety|wfs|sos|non religious|no religioso|laico|"
        "laica|secular groups|evidence based|non 12 step"
    ),
    "faith": (
        "faith|faith based|celebrate recovery|cr|church|religious|spiritual|christian|christian recovery|fe|iglesia|"
        "religioso|religiosa|cristiano|cristiana|espiritual|basado en la fe|recovery dharma|dharma|refuge recovery|"
        "buddhist|millati islami|basada en la fe|christ centered"
    ),
    "medication": (
        "medication|mat|moud|maud|suboxone|subutex|sublocade|buprenorphine|bup|methadone|vivitrol|naltrexone|"
        "medicated|medication assisted|medication assisted recovery|medication assisted treatment|mar|medicamento|"
        "medicamentos|metadona|buprenorfina|naltrexona|medicacion|meds|tratamiento con medicamentos|con medicamento|"
        "otp|brixadi|zubsolv"
    ),
    "harm_reduction": (
        "harm reduction|hr|moderation|reduccion de danos|reduccion de dano|safer use|moderation management|"
        "moderacion|naloxone|syringe services|any positive change"
    ),
    "natural": (
        "natural|natural recovery|on my own|self directed|own way|self managed|on their own|por su cuenta|"
        "por cuenta propia|recuperacion natural|autodirigido|wellness|exercise|the phoenix|phoenix|nature"
    ),
    "mental_health": (
        "mental health|mh|mental health recovery|wrap|nami|dbsa|salud mental|dual|dual recovery|dra|co occurring|"
        "double trouble|hearing voices|recuperacion en salud mental|ida|dual diagnosis"
    ),
    "exploring": (
        "exploring|unsure|not sure|undecided|open|any|all|all pathways|open to any|open to all|none yet|don t know|"
        "dont know|no preference|cualquiera|no sabe|explorando|no esta seguro|no esta segura|todos|todas|abierto|"
        "abierta|sin decidir|no se|indeciso|indecisa|still exploring|multiple|varios|no estoy seguro|no estoy segura|"
        "sin preferencia|still deciding"
    ),
}
EXPERIENCES: Mapping[str, str] = {
    "alcohol": "alcohol|etoh|drinking|alcoholism|aud|alcoholismo|bebida|drink|alcohol use|beer|liquor|wine|tomar",
    "opioids": (
        "opioids|opioid|opiates|opiate|heroin|fentanyl|pain pills|painkillers|oud|oxy|oxycontin|oxycodone|percocet|"
        "pills opioid|opioides|opioide|heroina|fentanilo|opiaceos|fent|hydrocodone|vicodin|narcotics|dope|"
        "pastillas para el dolor"
    ),
    "stimulants": (
        "stimulants|stimulant|meth|methamphetamine|methamphetamines|crystal|crystal meth|ice|cocaine|crack|coke|"
        "adderall|amphetamine|amphetamines|speed|crack cocaine|metanfetamina|metanfetaminas|cristal|cocaina|"
        "estimulantes|estimulante|anfetaminas"
    ),
    "cannabis": "cannabis|marijuana|weed|thc|pot|marihuana|mariguana|mota|mj|k2|synthetic marijuana",
    "other_substances": (
        "other substances|other drugs|polysubstance|poly|benzos|benzodiazepines|benzo|xanax|pcp|inhalants|kratom|"
        "pills|hallucinogens|lsd|ketamine|drugs|substances|drug use|sud|substance use|otras sustancias|otras drogas|"
        "drogas|pastillas|uso de sustancias|inhalantes|varias sustancias|several substances|spice|nicotine|tobacco|"
        "tabaco|tranq|xylazine|polidrogas"
    ),
    "gambling": "gambling|ga|casino|betting|juego|apuestas|juegos de azar|ludopatia",
    "depression_anxiety": (
        "depression|anxiety|depressed|depresion|ansiedad|panic|panic attacks|mdd|gad|depression anxiety|"
        "mental health|salud mental|ocd|suicide attempt|suicidal thoughts|stress|estres|mood"
    ),
    "trauma": (
        "trauma|ptsd|domestic violence|dv|violence|sexual assault|sexual trauma|survivor|tept|violencia|"
        "violencia domestica|ipv|childhood trauma|sobreviviente|violencia familiar"
    ),
    "psychosis_bipolar": (
        "psychosis|bipolar|schizophrenia|schizoaffective|voices|hearing voices|psicosis|esquizofrenia|"
        "trastorno bipolar|smi|mania|oir voces"
    ),
    "grief": "grief|loss|bereavement|widow|widowed|duelo|perdida|viudez|viuda|viudo|mourning|death in family",
    "overdose_survival": (
        "overdose|survived overdose|overdose survivor|od|overdose survival|sobredosis|sobrevivio sobredosis|"
        "sobrevivio una sobredosis|od survivor|narcan"
    ),
    "overdose_loss": (
        "overdose loss|lost someone to overdose|loss to overdose|perdida por sobredosis|lost child to overdose|"
        "lost a friend to overdose"
    ),
    "justice": (
        "justice|justice involved|incarceration|jail|prison|probation|parole|legal|court|felony|criminal justice|"
        "reentry|re entry|incarcerated|carcel|prision|libertad condicional|justicia|corte|reclusion|antecedentes|"
        "drug court|dui|dwi|locked up|legal system"
    ),
    "homelessness": (
        "homelessness|homeless|unhoused|housing instability|shelter|houseless|sin hogar|sin techo|albergue|calle|"
        "sin vivienda|falta de vivienda"
    ),
    "hospital_or_treatment": (
        "hospital|treatment|inpatient|residential|rehab|detox|psych hospital|hospitalization|iop|hospitalizacion|"
        "tratamiento|desintoxicacion|centro de tratamiento|outpatient|sober living|recovery house|internado"
    ),
    "parenting_in_recovery": (
        "parenting in recovery|parenting|parent|mom in recovery|dad in recovery|mother|father|single parent|"
        "madre en recuperacion|padre en recuperacion|crianza|madre|padre|mom|dad|mama|papa|pregnant|pregnancy|"
        "embarazo|ser padre|ser madre|parent in recovery|crianza en recuperacion|maternidad|paternidad"
    ),
    "child_welfare": (
        "child welfare|cps|dcfs|dcf|child protective services|custody|foster care|reunification|"
        "proteccion de menores|custodia|servicios de proteccion infantil|dhs|bienestar infantil|bienestar de menores|"
        "acs|dfps|foster"
    ),
    "veteran": (
        "veteran|veterans|military|vet|army|navy|marines|va|service member|veterano|veterana|militar|ejercito|"
        "air force|combat"
    ),
    "lgbtq": (
        "lgbtq|lgbt|lgbtqia|lgbtq ia|lgbtqia2s|gay|lesbian|bisexual|queer|trans|transgender|lgbtqi|lesbiana|"
        "lgbtq community"
    ),
    "loved_one_of_someone": (
        "loved one|loved one of someone|family member|family|al anon|alanon|nar anon|familiar|ser querido|parent of|"
        "spouse of|familia|family of|child of|partner of|codependency|adult child|aca|madre de|padre de|hijo de|"
        "hija de|naranon|familiar de alguien|family recovery"
    ),
}
LIFE_STAGES: Mapping[str, str] = {
    "student": (
        "student|in school|college|school|studying|ged|estudiante|estudia|estudiando|university|universidad|"
        "en la escuela"
    ),
    "working": (
        "working|employed|work|full time|part time|works|job|trabaja|trabajando|empleado|empleada|tiempo completo|"
        "medio tiempo|ft|pt|con trabajo|has job|self employed|trabajador|trabajadora|trabajo"
    ),
    "looking_for_work": (
        "looking for work|unemployed|job seeking|job search|seeking work|laid off|desempleado|desempleada|"
        "busca trabajo|buscando trabajo|buscando empleo|sin trabajo|between jobs|seeking employment|not working|"
        "sin empleo|looking for a job"
    ),
    "parent_of_young_children": (
        "parent of young children|young children|young kids|kids|small children|parent|new parent|new mom|new dad|"
        "mother|father|children at home|kids at home|single mom|single dad|single parent|ninos|hijos pequenos|"
        "madre soltera|padre soltero|hijos|madre|padre|con ninos|ninos pequenos|mom|dad|mama|papa|parenting|"
        "minor children|toddler|baby|bebe|embarazada|pregnant"
    ),
    "parent_of_grown_children": (
        "parent of grown children|grown children|adult children|grown kids|empty nest|hijos adultos|hijos mayores|"
        "hijos grandes|grandparent|abuela|abuelo|grandmother|grandfather"
    ),
    "caregiver": (
        "caregiver|care giver|caring for parent|caretaker|cuidador|cuidadora|cuida a familiar|caregiving|"
        "cuida a un familiar"
    ),
    "retired": "retired|retirement|retiree|jubilado|jubilada|retirado|retirada|pensionado|pensionada|pensioner",
    "rebuilding_after_release": (
        "rebuilding after release|released|reentry|re entry|just released|after release|out of prison|out of jail|"
        "recently released|salio de prision|salio de la carcel|reinsercion|returning citizen|on parole|"
        "recien liberado|recien liberada"
    ),
    "new_in_town": (
        "new in town|new to area|new to the area|just moved|relocated|moved here|nuevo en la ciudad|recien llegado|"
        "recien llegada|nueva en la ciudad|newcomer|immigrant|inmigrante|nuevo aqui|nueva aqui"
    ),
}
NEEDS: Mapping[str, str] = {
    "someone_to_talk_to": (
        "someone to talk to|talk|listening|support|emotional support|someone to listen|peer support|loneliness|"
        "isolation|lonely|hablar|alguien con quien hablar|platicar|apoyo emocional|apoyo|soledad|escucha|"
        "companionship|encouragement|con quien hablar|desahogarse|compania"
    ),
    "first_weeks": (
        "first weeks|early recovery|getting started|new to recovery|first days|newly sober|staying sober|sobriety|"
        "first 90 days|primeras semanas|primeros dias|empezar|nuevo en recuperacion|recuperacion temprana|"
        "mantenerse sobrio|mantenerse sobria|sobriedad|inicio de la recuperacion|early sobriety"
    ),
    "meetings_and_groups": (
        "meetings|meetings and groups|groups|support groups|finding meetings|find meetings|aa meetings|na meetings|"
        "sponsor|find a sponsor|meeting|reuniones|grupos|grupos de apoyo|encontrar reuniones|juntas|"
        "reuniones y grupos|support group"
    ),
    "housing": (
        "housing|house|home|shelter|place to live|sober living|rent|homeless|vivienda|casa|hogar|renta|albergue|"
        "donde vivir|techo|apartment|unhoused|recovery housing|place to stay"
    ),
    "work_or_school": (
        "work|job|employment|school|education|ged|resume|job search|training|career|work or school|work school|"
        "trabajo|empleo|escuela|educacion|estudios|trabajo o escuela|estudiar|finding work|finding a job|"
        "trabajo o estudios|jobs|vocational"
    ),
    "family": (
        "family|relationships|marriage|reunification|family support|relationship|spouse|familia|relaciones|pareja|"
        "matrimonio|relaciones familiares|family relationships|reunificacion"
    ),
    "health_care": (
        "health|health care|healthcare|doctor|medical|dental|dentist|therapy|therapist|counseling|insurance care|"
        "mental health|physical health|salud|atencion medica|medico|terapia|dentista|consejeria|salud mental|"
        "cuidado de salud|hep c|primary care|mat referral|psychiatrist"
    ),
    "court_or_probation": (
        "court|probation|legal|parole|legal help|cps|court or probation|drug court|warrants|lawyer|legal issues|"
        "corte|libertad condicional|legales|abogado|probatoria|asuntos legales|custody|custodia|tribunal|dui|dwi|"
        "expungement|ayuda legal|corte o libertad condicional"
    ),
    "money_and_benefits": (
        "money|benefits|financial|snap|food stamps|medicaid|food|ssi|disability|id|documents|insurance|budgeting|"
        "ssdi|wic|bills|dinero|beneficios|estampillas|comida|finanzas|seguro|documentos|money and benefits|"
        "identificacion|financial help|birth certificate|alimentos|dinero y beneficios|ayuda economica|"
        "food assistance"
    ),
    "cravings_and_triggers": (
        "cravings|triggers|craving|coping|coping skills|urges|cravings and triggers|relapse prevention|antojos|"
        "ganas de usar|disparadores|desencadenantes|ansias|prevencion|stress|anxiety|ganas de consumir|"
        "prevencion de recaidas|managing cravings|impulsos|return to use"
    ),
    "parenting": (
        "parenting|kids|children|child care|childcare|crianza|hijos|ninos|guarderia|cuidado de ninos|"
        "parenting skills|daycare|ser mejor padre|ser mejor madre"
    ),
    "sleep_and_routine": (
        "sleep|routine|structure|daily routine|insomnia|sueno|dormir|rutina|insomnio|sleep and routine|"
        "daily structure|time management|sueno y rutina"
    ),
    "new_friends": (
        "new friends|friends|social|sober friends|fun|making friends|social support|community|sober fun|amigos|"
        "amistades|nuevos amigos|nuevas amistades|social life|hobbies|amigas|comunidad|vida social|connection|"
        "sober activities|sober network"
    ),
    "transport": (
        "transport|transportation|rides|ride|bus|bus pass|bus passes|getting around|transporte|autobus|"
        "pases de autobus|car|license|carro|licencia|drivers license|gas|viaje|aventon"
    ),
    "understanding_a_loved_one": (
        "understanding a loved one|help for a loved one|loved one|understanding addiction|family education|son|"
        "daughter|husband|wife|ser querido|entender a un ser querido|familiar|hijo|hija|esposo|esposa|"
        "apoyar a un familiar|how to help a loved one|how to help my son|boundaries|entender la adiccion|brother|"
        "sister|limites"
    ),
}
INTERESTS: Mapping[str, str] = {
    "sports": (
        "sports|sport|basketball|football|soccer|baseball|gym|fitness|running|exercise|working out|workout|yoga|"
        "boxing|swimming|bowling|golf|martial arts|weights|skateboarding|deportes|deporte|futbol|gimnasio|correr|"
        "beisbol|baloncesto|ejercicio|natacion|boxeo|nadar|biking|cycling|tennis|softball|volleyball|crossfit|"
        "basquetbol|bicicleta"
    ),
    "music": (
        "music|guitar|singing|piano|dancing|dance|concerts|rap|drums|karaoke|musica|cantar|guitarra|bailar|baile|"
        "hip hop|band|dj|salsa"
    ),
    "art": (
        "art|arts|painting|drawing|photography|poetry|writing|tattoos|arte|pintura|dibujo|fotografia|pintar|dibujar|"
        "escribir|poesia|theater|teatro|journaling"
    ),
    "reading": "reading|books|book|book club|leer|lectura|libros|podcasts",
    "cooking": "cooking|baking|food|bbq|grilling|barbecue|cook|cocinar|cocina|hornear|asar|reposteria",
    "outdoors": (
        "outdoors|outdoor|hiking|fishing|camping|nature|gardening|hunting|walking|walks|garden|beach|kayaking|"
        "aire libre|caminar|pesca|pescar|naturaleza|jardineria|senderismo|acampar|caminatas|playa|caza|jardin|"
        "actividades al aire libre"
    ),
    "games": (
        "games|video games|gaming|board games|cards|chess|videogames|juegos|videojuegos|ajedrez|cartas|domino|"
        "dominoes|puzzles|xbox|juegos de mesa|pool|billiards|trivia|poker"
    ),
    "faith_community": (
        "faith|church|faith community|bible study|prayer|spirituality|religion|iglesia|fe|oracion|estudio biblico|"
        "meditation|meditacion|bible|biblia|mosque|temple|spiritual|misa|comunidad de fe"
    ),
    "volunteering": (
        "volunteering|volunteer|community service|service work|service|voluntariado|servicio|ayudar a otros|"
        "helping others|servicio comunitario|advocacy"
    ),
    "pets": "pets|dogs|dog|cats|cat|animals|horses|mascotas|perros|gatos|animales|perro|gato|caballos|mascota",
    "crafts": (
        "crafts|craft|sewing|knitting|crochet|woodworking|diy|cars|mechanics|building|carpentry|manualidades|coser|"
        "tejer|carpinteria|costura|artesania|artesanias|quilting|motorcycles|mecanica|jewelry|carros|beading"
    ),
    "movies": (
        "movies|film|films|tv|television|cinema|anime|netflix|movie|peliculas|cine|series|pelicula|shows|novelas"
    ),
}
MODES: Mapping[str, str] = {
    "in_person": (
        "in person|inperson|person|face to face|f2f|ftf|meet|meet up|coffee|on site|onsite|presencial|en persona|"
        "cara a cara|visita|in office"
    ),
    "phone": (
        "phone|call|calls|telephone|phone call|phone calls|cell|voice|telefono|llamada|llamadas|por telefono|"
        "telefonico|tel|celular"
    ),
    "video": (
        "video|zoom|facetime|video call|video chat|teams|virtual|video calls|online|telehealth|videollamada|en linea|"
        "google meet|videollamadas|video llamada|whatsapp video|skype"
    ),
    "text": (
        "text|texting|sms|messages|text message|text messages|texts|whatsapp|message|mensaje|mensajes|"
        "mensajes de texto|texto|mensaje de texto|chat|messaging"
    ),
    "phone+video": "remote|remoto|remota|a distancia|remotely|distance|remote only|solo remoto",
    "in_person+phone+video+text": (
        "any|all|either|both|no preference|flexible|hybrid|cualquiera|todos|ambos|sin preferencia|hibrido|open|todas|"
        "cualquier modo|all of the above"
    ),
}
KINDS: Mapping[str, str] = {
    "own_recovery": (
        "own recovery|self|own|me|myself|in recovery|participant|person in recovery|recovery|individual|yo|para mi|"
        "propia|recuperacion propia|mi recuperacion|si mismo|si misma|para si|su recuperacion|"
        "persona en recuperacion|mi propia recuperacion|recoveree|peers in recovery|su propia recuperacion|"
        "para si mismo|para si misma|individuals|people in recovery|personas en recuperacion|participants|"
        "propia recuperacion|recuperacion"
    ),
    "loved_one": (
        "loved one|loved ones|family|family member|families|parent|mother|father|spouse|partner|wife|husband|sibling|"
        "friend|significant other|concerned other|affected other|ally|familiar|familiares|familia|familias|"
        "ser querido|seres queridos|madre|padre|esposa|esposo|hermano|hermana|pareja|mama|papa|hijo|hija|amigo|amiga|"
        "mom|dad|son|daughter|brother|sister|grandparent|grandmother|abuela|abuelo|caregiver|family friend|"
        "family members|abuelos|padres|parents"
    ),
    "own_recovery+loved_one": (
        "both|either|all|any|anyone|everyone|ambos|todos|cualquiera|los dos|ambas|todas|no preference"
    ),
}
AGES: Mapping[str, str] = {
    "younger": "younger|young|mas joven|menor|joven|younger than me",
    "similar": (
        "similar|same|same age|close|around my age|my age|misma edad|parecida|similar age|mi edad|de mi edad|"
        "close in age|edad similar|similar edad|igual|same age range"
    ),
    "older": "older|mayor|mas grande|older than me|mas edad|mayor que yo|elder",
}
CHANNELS: Mapping[str, str] = {
    "phone": "phone|phone call|call|calls|telephone|llamada|llamada telefonica|telefono|llamar|por telefono",
    "text": "text|text message|texts|sms|mensaje de texto|texto|textos|mensaje",
    "email": "email|e mail|mail|correo|correo electronico",
    "app": "app|only when i sign in|only when they sign in|portal|solo cuando inicio sesion|solo cuando entra",
    "none": (
        "do not contact|please do not contact me|no contact|not safe|no contactar|por favor no me contacten|"
        "no comunicarse|no es seguro"
    ),
}
NO_WISH = word_set(
    "no|none|no preference|any|either|doesn t matter|does not matter|doesnt matter|no pref|not important|"
    "cualquiera|sin preferencia|no importa|ninguna|ambos|both|all|open|indistinto|indiferente|np|"
    "no preferencia|no matter|anyone|whatever|no tiene preferencia|me da igual|le da igual|todos"
)

TABLES: Mapping[str, Mapping[str, str]] = {
    "language": LANGUAGES,
    "gender": GENDERS,
    "race": RACES,
    "pathway": PATHWAYS,
    "experience": EXPERIENCES,
    "life_stage": LIFE_STAGES,
    "needs": NEEDS,
    "interests": INTERESTS,
    "mode": MODES,
    "kind": KINDS,
    "serves": KINDS,
    "channel": CHANNELS,
    "age": AGES,
}
"""Field -> its words. A key such as `phone+video` gives several codes at once."""


@cache
def codes_by_words(field: str) -> Mapping[str, tuple[str, ...]]:
    """Folded words -> codes, for one field; the codes themselves ("in_person") are among the words."""
    found: dict[str, tuple[str, ...]] = {}
    for key, phrases in TABLES[field].items():
        codes = tuple(key.split("+"))
        for phrase in (*phrases.split("|"), *([fold_words(key.replace("_", " "))] if len(codes) == 1 else [])):
            found.setdefault(phrase, codes)
    return found
