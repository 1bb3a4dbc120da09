"""Short forms of first names in English and Spanish, and the formal names each stands for. A small list of our own."""

from collections import defaultdict

_LIST = """
alejandro: alex ale jandro | alejandra: ale sandra jandra | alberto: beto al | alfredo: fredo alf
alfonso: poncho fonso
alexander: alex al xander sandy | alexandra: alex sandy lexi | andrew: andy drew | andres: andy | anthony: tony
antonio: tono tony | antonia: tona toni | abigail: abby gail | ana: anita anny | anne: annie nan | amanda: mandy
arturo: turo | barbara: barb babs | beatriz: bety betty bea | benjamin: ben benny benja mincho | bernardo: nardo
carlos: charly carlitos cali | carolina: caro carito | catherine: cathy kate katie cat | katherine: kathy kate katie kat
cecilia: ceci chila | charles: charlie chuck chas | christina: chris tina christy | christopher: chris kit topher
concepcion: concha conchita | consuelo: chelo | cristina: cris tina | cynthia: cindy | daniel: dan danny dani
daniela: dani | david: dave davy | deborah: deb debbie | dolores: lola loli | donald: don donny | dorothy: dot dottie
edward: ed eddie ted ned | eduardo: lalo edu eddie | elizabeth: liz beth betsy lizzie eliza betty lisa | emilio: milo
enrique: quique kike rique | ernesto: neto | esperanza: lancha | esteban: steve teban | eugene: gene
felipe: pipe | fernando: nando fer ferny | fernanda: fer nanda | francis: frank fran | francisca: paca pancha
francisco: pancho paco frank cisco quico | frederick: fred freddy rick | gabriel: gabe gabi | gabriela: gabi gaby
george: georgie | gerald: gerry jerry | gerardo: lalo jerry | gilberto: beto gil | gloria: gloris | gregory: greg
graciela: chela grace | gregorio: goyo greg | guadalupe: lupe lupita | guillermo: memo billy guille
gustavo: gus tavo | hector: tito | henry: hank harry | humberto: beto | ignacio: nacho | isabel: isa chabela bel
isabella: bella isa izzy | jacob: jake | jacqueline: jackie | jaime: jimmy | james: jim jimmy jamie
javier: javi | jeffrey: jeff | jennifer: jen jenny | jeremy: jerry jem | jesus: chuy chucho | jessica: jess jessie
joaquin: quino | john: jack johnny jon | jonathan: jon johnny nathan | jorge: george coque | jose: pepe joe chepe joey
josefina: pepa josie fina | joseph: joe joey | joshua: josh | juan: juanito john juancho | juana: juanita
judith: judy | julian: juli | kenneth: ken kenny | kimberly: kim kimmie | lawrence: larry | leonardo: leo
leticia: lety leti | lucia: lucy luz | luis: lucho louie lou | lourdes: lulu | luz: lucha | manuel: manny manolo meme
margaret: maggie peg peggy meg marge rita | margarita: rita maggie mago | maria: mari mary marie maruja
mariana: mari | maria: cuca | mario: mayito | martha: marty mattie | matthew: matt matty | melissa: mel missy lissa
mercedes: meche merche | michael: mike mikey mick mickey | michelle: shelly mickey | miguel: mike migue
nancy: nan | nathaniel: nate nat | nicholas: nick nicky | nicolas: nico nick | nicole: nicky nikki | octavio: tavo
pablo: paul | pamela: pam | patricia: pat patty paty tricia trish | patrick: pat paddy rick | pedro: pete perico
peter: pete | phillip: phil | rafael: rafa ralph | ramon: moncho ray | raymond: ray | raul: rulo | rebecca: becky becca
ricardo: ricky richie rick cardo | richard: rick dick rich richie ricky | robert: bob bobby rob robbie bert
roberto: beto bobby robert tito rober | rodolfo: rudy fito | rodrigo: rigo rodri | rogelio: roger | ronald: ron ronnie
rosa: rosita rosy rose | rosario: chayo charo | ruben: benny ruben | salvador: chava sal | samantha: sam sammy
samuel: sam sammy | sandra: sandy | santiago: santi chago jimmy | sebastian: sebas bastian | sergio: checo
sofia: sofi sophie | soledad: sole chole | stephanie: steph stephie | stephen: steve stevie | steven: steve stevie
susan: sue susie suzy | susana: susy | teresa: tere teresita terry | theresa: terry tess tessa | terrence: terry
thomas: tom tommy | timothy: tim timmy | tomas: tommy tom | veronica: vero ronnie | vicente: chente vince vicki
victoria: vicky tori | victor: vic vico | virginia: ginny vicky | walter: walt wally
william: bill billy will willie liam
yolanda: yoli yola | zachary: zach zack
"""


def _read(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in text.replace("\n", "|").split("|"):
        formal, _, short = entry.partition(":")
        for name in short.split():
            found[name].add(formal.strip())
    return {name: frozenset(formal) for name, formal in found.items()}


_FORMAL = _read(_LIST)


def formal_names(name: str) -> frozenset[str]:
    """The formal names that a folded first name is short for; empty where it is none.

    >>> sorted(formal_names("beto"))
    ['alberto', 'gilberto', 'humberto', 'roberto']
    """
    return _FORMAL.get(name, frozenset())
