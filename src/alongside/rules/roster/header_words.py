"""What columns are called in real rosters, English and Spanish: field -> names, folded, most usual first.

A name is compared as whole words without accents, case and punctuation. Adding a name here is all a new header needs.
"""

from collections.abc import Mapping

from alongside.rules.roster.text import word_set

SHARED: Mapping[str, str] = {
    "external_id": (
        "id|record id|record number|record no|record|member id|person id|case number|case no|case id|file number|mrn|"
        "chart number|chart no|hmis id|hmis|external id|unique id|ref|reference|system id|id number|no de registro|"
        "numero de registro|num registro|registro|expediente|no de expediente|numero de expediente|num expediente|"
        "contact id|respondent id|customer id|cust|customer|cust no|num exp|no exp|n exp|exp|identificacion|"
        "identificador|clave|folio|codigo|matricula|no|num|numero"
    ),
    "goes_by": (
        "goes by|preferred name|name used|chosen name|nickname|nick name|alias|call me|likes to be called|aka|"
        "known as|display name|pref name|name they go by|name goes by|affirmed name|nombre preferido|"
        "como le gusta que le llamen|le gusta que le llamen|le dicen|apodo|sobrenombre|nombre que usa|nombre elegido|"
        "se hace llamar|like to be called|prefer to be called|want to be called|le gusta que le llamen|"
        "como prefiere que le llamen"
    ),
    "legal_name": (
        "name|full name|legal name|member name|last first|last name first name|name last first|names|person|fullname|"
        "nombre completo|nombre legal|nombre y apellido|nombre y apellidos|nombres y apellidos|apellidos y nombres|"
        "apellido y nombre|apellidos nombre|apellido nombre|nombre de la persona|persona"
    ),
    "first_name": (
        "first name|first|given name|fname|f name|firstname|given names|forename|first nm|nombre|nombres|"
        "primer nombre|nombre de pila|nombre s"
    ),
    "last_name": (
        "last name|last|surname|family name|lname|l name|lastname|last nm|last names|apellido|apellidos|"
        "primer apellido|apellido paterno|apellido p|ap paterno|a paterno|apellido s"
    ),
    "second_last_name": (
        "segundo apellido|apellido materno|apellido m|ap materno|a materno|second last name|second surname|"
        "maternal last name"
    ),
    "birth_date": (
        "date of birth|dob|d o b|birth date|birthdate|birthday|born|bday|b day|birth|birth day|dateofbirth|"
        "fecha de nacimiento|fecha nacimiento|f nacimiento|fec nac|fecha nac|f nac|fdn|nacimiento|cumpleanos|nacido|"
        "nacida|fn"
    ),
    "age": (
        "age|age years|years old|age range|age group|age band|current age|age at intake|edad|anos|rango de edad|"
        "grupo de edad|edad actual"
    ),
    "phone": (
        "phone|phone number|phone no|ph|tel|telephone|telephone number|cell|cell phone|cell number|cellphone|mobile|"
        "mobile phone|mobile number|contact number|primary phone|phone 1|home phone|best phone|best number|"
        "phone cell|phone mobile|tel no|telefono|numero de telefono|num telefono|celular|movil|tel celular|"
        "telefono celular|telefono movil|tel movil|cel|no de telefono|numero de celular|tel cel|numero telefonico"
    ),
    "email": (
        "email|e mail|email address|e mail address|mail|emailaddress|email addr|primary email|correo|"
        "correo electronico|direccion de correo|direccion de correo electronico|correo e|mail address"
    ),
    "language": (
        "language|languages|lang|preferred language|language preference|primary language|first language|"
        "spoken language|languages spoken|speaks|language s|pref language|pref lang|home language|"
        "language of service|idioma|idiomas|idioma preferido|lengua|lenguaje|habla|idioma s|idioma principal|"
        "lengua materna|idiomas que habla"
    ),
    "pronouns": "pronouns|pronoun|pronoun s|pronombres|pronombre|pronombre s",
    "gender": "gender|sex|gender identity|m f|sexo|genero|identidad de genero",
    "race": (
        "race|ethnicity|race ethnicity|race and ethnicity|race or ethnicity|ethnicity race|racial identity|"
        "ethnic group|"
        "raza|etnia|etnicidad|raza etnia|raza y etnia|raza o etnia|origen etnico|grupo etnico"
    ),
    "pathway": (
        "pathway|pathways|recovery pathway|pathway to recovery|pathway s|recovery path|path|program type|approach|"
        "fellowship|recovery pathways|type of recovery|camino|camino de recuperacion|ruta|ruta de recuperacion|"
        "caminos|camino s|tipo de recuperacion|via de recuperacion|enfoque"
    ),
    "experience": (
        "experience|experiences|lived experience|lived exp|been through|life experience|history|background|"
        "substance|substances|"
        "drug of choice|doc|primary substance|substances used|recovery from|in recovery from|lived experiences|"
        "background experience|dx|experiencia|experiencias|experiencia vivida|experiencia de vida|"
        "experiencias vividas|ha vivido|ha pasado por|sustancia|sustancias|sustancia principal|en recuperacion de|"
        "historia|vivencias"
    ),
    "life_stage": (
        "life stage|stage of life|life situation|life stages|situation|current situation|employment|"
        "employment status|work status|occupation|etapa de vida|etapa de la vida|situacion|situacion de vida|"
        "situacion actual|ocupacion|empleo|situacion laboral"
    ),
    "interests": (
        "interests|interest|hobbies|hobby|likes|likes to do|hobbies interests|intereses|interes|pasatiempos|"
        "aficiones|gustos|pasatiempo|intereses y pasatiempos"
    ),
    "availability": (
        "availability|available|hours|avail|times available|available times|days available|available days|schedule|"
        "when available|best times|best days|best time to meet|times|days and times|days times|free times|"
        "meeting times|available hours|availability times|disponibilidad|horario|horarios|disponible|"
        "dias disponibles|horas disponibles|dias y horas|dias y horarios|cuando puede|horario disponible|disp|horas"
    ),
    "mode": (
        "mode|modes|meeting mode|how to meet|format|meet by|meeting preference|preferred mode|in person or remote|"
        "remote|in person remote|contact method|preferred contact method|preferred contact|"
        "preferred method of contact|method of contact|modality|how|way to meet|meeting type|meet how|modalidad|modo|"
        "forma de contacto|como reunirse|forma|medio de contacto|presencial o remoto|medio preferido|modo de contacto"
    ),
    "zip": (
        "zip|zip code|zipcode|postal code|postcode|post code|home zip|codigo postal|cp|c p|zona postal|"
        "zip postal code|postal"
    ),
    "site": (
        "site|location|office|clinic|center|centre|branch|program site|agency|county|sitio|sede|oficina|ubicacion|"
        "centro|clinica|condado|lugar"
    ),
    "notes": (
        "notes|note|case note|case notes|obs|comments|comment|remarks|other|other notes|additional information|"
        "additional info|anything else|"
        "misc|special requests|memo|notas|nota|comentarios|comentario|observaciones|observacion|otros|otro|"
        "informacion adicional"
    ),
}

PARTICIPANTS: Mapping[str, str] = {
    "external_id": "participant id|client id|participante id|id participante|no de participante",
    "legal_name": (
        "participant name|participant|client name|client|patient|patient name|applicant|applicant name|caller|"
        "caller name|nombre del participante|participante|paciente|nombre del paciente|cliente|nombre del cliente|"
        "solicitante|nombre participante"
    ),
    "needs": (
        "needs|need|wants help with|help wanted|help needed|help with|needs help with|goals|goal|support needs|"
        "support needed|service needs|services needed|reason|reason for referral|looking for|"
        "what they want help with|asks for|areas of need|presenting needs|needs goals|necesidades|necesidad|necesita|"
        "ayuda|necesita ayuda con|quiere ayuda con|metas|objetivos|motivo|tipo de ayuda|apoyo|apoyo que busca|"
        "ayuda con|que busca|en que quiere ayuda"
    ),
    "preferences": (
        "preferences|preference|peer preferences|peer preference|match preferences|matching preferences|"
        "mentor preferences|mentor preference|wants in a peer|wants peer with|wants a peer with|must have|"
        "must haves|wishes|preferencias|preferencia|"
        "prefiere|preferencias de mentor|preferencia de mentor|requisitos|deseos|wants a peer who is|"
        "wants a peer who|wants a mentor who is|quiere un mentor que sea|quiere una persona mentora que sea"
    ),
    "own_words": (
        "in their words|what s going on|whats going on|what is going on|presenting concern|que esta pasando|"
        "in their own words|own words|in own words|their words|what they say|en sus palabras|"
        "en sus propias palabras|palabras propias|lo que dice"
    ),
    "want_gender": (
        "gender preference|preferred gender|prefer gender|gender wanted|peer gender|mentor gender|gender of peer|"
        "gender of mentor|prefers gender|wants gender|gender pref|pref gender|preferencia de genero|genero preferido|"
        "genero del mentor|genero de la mentora|genero de mentor|prefiere hombre o mujer|prefiere genero|"
        "sexo del mentor|prefers man or woman|peer gender preference|mentor gender preference|sexo preferido"
    ),
    "want_language": (
        "language of peer|peer language|mentor language|language of mentor|wants language|language wanted|"
        "peer must speak|mentor must speak|idioma del mentor|idioma de la mentora|idioma de mentor|prefiere idioma|"
        "peer speaks|peer language preference"
    ),
    "want_pathway": (
        "pathway of peer|peer pathway|mentor pathway|wants pathway|pathway wanted|preferred pathway|"
        "pathway preference|camino del mentor|camino preferido|ruta preferida|prefiere camino|peer pathway preference"
    ),
    "want_age": (
        "age of peer|peer age|mentor age|preferred age|age preference|age wanted|wants age|edad del mentor|"
        "edad preferida|edad de mentor"
    ),
    "may_text": (
        "may text|txt ok|text okay|texto ok|txt|ok to txt|ok to text|text ok|can text|text|texting|texts ok|sms|"
        "sms ok|may we text|"
        "okay to text|can we text|text messages|text messages ok|text y n|puede recibir mensajes|mensajes de texto|"
        "acepta textos|acepta mensajes|texto|se puede enviar texto|permite textos|textos|enviar textos|"
        "puede recibir textos|mensaje de texto|ok textos"
    ),
    "may_voicemail": (
        "may voicemail|voicemail okay|ok to leave voicemail|voicemail ok|voicemail|vm ok|vm|leave message|"
        "leave voicemail|"
        "ok to leave message|leave a message|may leave message|can leave message|voice mail|ok to voicemail|"
        "message ok|can leave voicemail|lvm|may leave voicemail|buzon de voz|mensaje de voz|dejar mensaje|"
        "acepta mensajes de voz|se puede dejar mensaje|buzon|puede dejar mensaje|dejar recado|recado"
    ),
    "may_email": (
        "may email|ok to email|email ok|email okay|e mail ok|e mail okay|can email|may we email|okay to email|"
        "acepta correo|se puede enviar correo|"
        "correo ok|puede recibir correo|enviar correo|permite correo"
    ),
    "may_call": (
        "may call|ok to call|call ok|can call|may we call|okay to call|phone ok|puede llamar|se puede llamar|"
        "acepta llamadas|llamadas ok|ok llamar"
    ),
    "channel": (
        "safe way to reach|safest way to reach|safe contact method|safe contact|safest contact|"
        "forma segura de contacto|contacto seguro|medio seguro"
    ),
    "name_to_use": (
        "ask for|name to ask for|ask to speak to|if somebody else answers ask for|preguntar por|"
        "nombre por el que preguntar|pedir hablar con"
    ),
    "contact_hours": (
        "contact hours|best time to call|call times|best time to contact|when to call|call between|hours to call|"
        "safe hours|best call time|time to call|safe time to call|safe contact hours|safe times|horario para llamar|"
        "horas de contacto|cuando llamar|mejor hora para llamar|hora para llamar|horario de contacto|"
        "horario de llamadas"
    ),
    "kind": (
        "here for|asks for whom|kind|participant type|own or loved one|self or family|who for|for whom|type|"
        "client type|self loved one|relationship|tipo|tipo de participante|para quien|para si o familiar|es familiar|"
        "relacion|parentesco|own recovery or loved one"
    ),
    "started_on": (
        "intake date|entry date|date of entry|created date|date created|timestamp|submitted at|submission date|"
        "marca temporal|date of intake|intake|start date|started|referral date|date referred|asked on|date asked|"
        "request date|enrolled|enrollment date|admission date|admit date|date opened|waiting since|date|date added|"
        "registration date|doi|date enrolled|date of referral|fecha de ingreso|fecha ingreso|fecha de inicio|"
        "fecha inicio|ingreso|fecha de solicitud|fecha solicitud|fecha de referencia|fecha|desde|en espera desde|"
        "fecha de admision|fecha de alta|fecha de registro|f ingreso"
    ),
}

PEERS: Mapping[str, str] = {
    "external_id": "peer id|mentor id|volunteer id|coach id|id mentor|id del mentor|staff id|employee id",
    "legal_name": (
        "peer name|mentor name|peer|mentor|volunteer name|volunteer|coach name|coach|peer mentor|nombre del mentor|"
        "nombre de la mentora|nombre mentor|mentora|mentor a|voluntario|voluntaria"
    ),
    "capacity": (
        "capacity|max|max participants|max load|max caseload|caseload|slots|openings|how many|people max|max people|"
        "caseload max|limit|max mentees|mentees|mentees max|of mentees max|number of mentees|max number of mentees|"
        "no of mentees|number of participants|open slots|spots|maximum|cap|places|capacidad|cupo|maximo|cupos|"
        "numero de personas|cuantas personas|max personas|lugares|personas max|carga maxima"
    ),
    "serves": (
        "serves|supports|works with|will support|who they serve|population|populations|willing to support|"
        "population served|own recovery or loved ones|audience|apoya|apoya a|acompana a|atiende|atiende a|"
        "trabaja con|poblacion|a quien apoya|a quienes apoya|dispuesto a apoyar|dispuesta a apoyar"
    ),
    "limits": (
        "limits|boundaries|not able to|cannot|will not|restrictions|do not pair|not comfortable with|limitations|"
        "wont do|limites|restricciones|no puede|limitaciones|no se siente comodo con|no se siente comoda con"
    ),
    "story": (
        "story|short story|tell us about yourself|cuentenos algo de usted|cuentenos de usted|sobre usted|bio|about|"
        "about me|biography|my story|introduction|intro|about you|blurb|historia corta|"
        "mi historia|sobre mi|presentacion|biografia|relato|historia personal|acerca de mi|su historia"
    ),
    "supervisor": (
        "supervisor|supervised by|supervisor name|team lead|lead|manager|supervisora|supervisor a|supervisado por|"
        "coordinador|responsable|supervisada por|jefe|jefa"
    ),
}

LIST_FIELDS = word_set(
    "language|race|pathway|experience|life_stage|interests|availability|mode|needs|preferences|notes|serves|limits|phone|"
    "email"
)
"""Fields that several columns may share; of phones and e-mails the first filled one counts, the others are kept."""

ONLY_BY_NAME = word_set("phone|email")
"""Of these a further column is guessed only by a name that is known: "Landlord phone" is not the person's."""

NOT_OURS = word_set(
    "middle name|middlename|middle initial|middle|mi|segundo nombre|suffix|name suffix|title|company|company name"
)
"""Names that look like one of ours and are none."""

FILLER = word_set(
    "the|a|an|of|de|del|la|el|los|las|lo|your|their|his|her|su|sus|tu|please|enter|optional|required|if|any|"
    "and|y|or|o|s|es|e|g|ej|eg|ex|code|current|client|clients|participant|participants|participante|"
    "participantes|cliente|clientes|persona|personas|person|member|recovery|info|information|informacion|"
    "actual|opcional|requerido|mm|dd|yyyy|yy|aaaa|check|all|that|apply|marque"
)
"""Words that change no meaning: passed over when a name is not known as it stands."""

PEER_WORDS = word_set("peer|peers|mentor|mentora|mentores|mentors|coach|companion|companero|companera|volunteer")
TOO_PLAIN_INSIDE = word_set(
    "last|first|record|volunteer|office|center|history|person|persona|participant|participante|client|date|"
    "fecha|type|tipo|other|otro|names|format|times|text|phone no"
)
"""Names that mean something alone and anything inside a longer name: "In person", "Fecha de la corte"."""

MODE_WORDS = word_set(
    "phone|zoom|video|virtual|remote|remoto|presencial|llamada|videollamada|telefono|text|texto|person|persona|online"
)

OTHER_PERSON_WORDS = word_set(
    "emergency|emergencia|emergencias|sponsor|sponsors|padrino|madrina|counselor|consejero|consejera|therapist|"
    "terapeuta|referred|referrer|referido|referida|assigned|asignado|asignada|guardian|tutor|officer|oficial|"
    "insurance|seguro|doctor|mother|father|parent|madre|padre|spouse|esposo|esposa|backup|partner|matched|"
    "manager|worker"
)
"""Words for somebody else: "Emergency phone" is not the person's phone, so such columns are not guessed."""

WANT_WORDS = word_set(
    "prefer|prefers|preferred|preference|preferences|pref|want|wants|wanted|wish|requested|request|prefiere|"
    "preferencia|preferida|preferido|quiere|desea|deseado"
)
WANTABLE = frozenset(("gender", "language", "pathway", "age"))
