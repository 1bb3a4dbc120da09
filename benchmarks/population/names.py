"""Names by which made people go: frequent given and family names of the United States, drawn apart from each other."""

from random import Random

GIVEN = {
    "woman": """Maria Jennifer Patricia Linda Elizabeth Jessica Sarah Karen Lisa Nancy Sandra Ashley Kimberly Emily
        Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy Angela Anna
        Ruth Brenda Pamela Nicole Katherine Samantha Christine Emma Catherine Virginia Rachel Carolyn Janet Heather
        Diane Julie Joyce Victoria Kelly Christina Joan Evelyn Lauren Judith Olivia Martha Cheryl Megan Andrea Ana
        Guadalupe Rosa Carmen Teresa Leticia Alma Norma Silvia Marisol Yolanda Alicia Lucía Beatriz Rocío Inés Thuy
        Mei Grace Hanh Soo Tanya Keisha Latoya Denise Priya Noor""",
    "man": """James Michael Robert John David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony
        Mark Steven Andrew Paul Joshua Kenneth Kevin Brian George Timothy Ronald Jason Edward Jeffrey Ryan Jacob Gary
        Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Frank Raymond Patrick Jack
        Dennis Jerry Tyler Aaron José Juan Luis Carlos Jesús Miguel Jorge Antonio Francisco Alejandro Manuel Pedro
        Javier Ricardo Héctor Rubén Óscar Andrés Tomás Julio Minh Wei Omar Jamal Terrence Andre Dante Marcus""",
    "nonbinary": "Alex River Jordan Sky Quinn Ari Noa Cruz Robin Taylor Casey Jamie Rowan Sage Avery Morgan",
}
FAMILY_NAMES = """
    Smith Johnson Williams Brown Jones García Miller Davis Rodríguez Martínez Hernández López González Wilson
    Anderson Thomas Taylor Moore Jackson Martin Lee Pérez Thompson White Harris Sánchez Clark Ramírez Lewis
    Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall
    Rivera Campbell Mitchell Carter Roberts Gómez Phillips Evans Turner Díaz Parker Cruz Edwards Collins Reyes
    Stewart Morris Morales Murphy Cook Rogers Gutiérrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard
    Ramos Kim Cox Ward Richardson Watson Brooks Chávez Wood James Bennett Gray Mendoza Ruiz Hughes Price
    Álvarez Castillo Sanders Patel Myers Long Ross Foster Jiménez Powell Jenkins Perry Russell Sullivan Bell
    Coleman Butler Henderson Barnes Fisher Vásquez Simmons Romero Jordan Patterson Alexander Hamilton Graham
    Reynolds Griffin Wallace Moreno West Cole Hayes Bryant Herrera Gibson Ellis Tran Medina Aguilar Stevens
    Murray Ford Castro Marshall Owens Harrison Fernández McDonald Woods Washington Kennedy Wells Vargas Henry
    Chen Freeman Webb Tucker Guzmán Burns Crawford Olson Simpson Porter Hunter Gordon Méndez Silva Shaw Snyder
    Mason Dixon Muñoz Hunt Hicks Holmes Palmer Wagner Black Robertson Boyd Rose Stone Salazar Fox Warren Mills
    Meyer Rice Schmidt Garza Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn
    Kelley Spencer Hawkins Arnold Pierce Vega Hansen Peters Santos Hart Bradley Knight Elliott Cunningham
    Duncan Armstrong Hudson Carroll Lane Riley Andrews Alvarado Ray Delgado Berry Perkins Hoffman Johnston
    Matthews Peña Richards Contreras Willis Carpenter Lawrence Sandoval Guerrero Pham Le Vu Park Choi
"""
FAMILY = FAMILY_NAMES.split()
_GIVEN = {gender: names.split() for gender, names in GIVEN.items()}


def draw_name(rng: Random, gender: str) -> tuple[str, str]:
    """Given and family name; those further ahead in the lists are more frequent, as in life."""
    given = _GIVEN[gender]
    return given[int(rng.random() ** 1.6 * len(given))], FAMILY[int(rng.random() ** 1.8 * len(FAMILY))]
