"""Codes of legal matters in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.rules.inspection import PROMISES

Words = dict[str, str | Promise]

KIND_WORDS: Words = {
    "subpoena": _("A subpoena"),
    "search_warrant": _("A search warrant"),
    "arrest_warrant": _("An arrest warrant"),
    "court_order": _("An order of a court"),
    "investigator": _("A request of the police or an investigator"),
    "other": _("Something else"),
}
KIND_HINTS: Words = {
    "subpoena": _("It compels nothing alone. Do not answer it yourself, and do not ignore it: counsel answers."),
    "search_warrant": _(
        "Do not stand in the way. Show the letter, say that the law wants an order of a court, call counsel at once."
    ),
    "arrest_warrant": _("Do not stand in the way, and do not say whether the person is here. Call the director."),
    "court_order": _("Counsel reads whether it was made under 42 CFR part 2."),
    "investigator": _("However friendly: the sentence, the letter, and no more."),
    "other": _("Write down what it is."),
}
MANDATE_WORDS: Words = {
    "subpoena": _("A subpoena"),
    "search_warrant": _("A search warrant"),
    "summons": _("A summons"),
    "court_order": _("An order of a court that compels"),
    "other": _("Another mandate that compels"),
}
PURPOSE_WORDS: Words = {
    "noncriminal": _("For a matter that is not criminal"),
    "patient": _("To investigate or prosecute the person"),
    "program": _("To investigate or prosecute the program"),
    "undercover": _("To place an undercover agent or informant in the program"),
}
PURPOSE_HINTS: Words = {
    "noncriminal": _("Family, civil and administrative matters."),
    "patient": _("Only for an extremely serious crime."),
    "program": _("Against us or those who work here."),
    "undercover": _("It places somebody and lets out no record."),
}
QUESTION_WORDS: Words = {
    "part2": _("Does it say that it was entered under 42 CFR part 2, subpart E?"),
    "notice": _("Did we get notice before, and a chance to answer?"),
    "closed_hearing": _("Was it heard where others do not learn of whom it is?"),
    "no_other_way": _("Did the court find that there is no other way to get it, or none that works?"),
    "outweighs": _("Did the court find that the public interest outweighs the harm to the person and to our work?"),
    "only_parts": _("Does it allow only those parts of the record that are essential?"),
    "only_who_needs": _("Does it allow only those persons who need it?"),
    "other_limits": _("Does it protect the person in other ways, such as a sealed file?"),
    "serious_crime": _("Did the court find that the crime is extremely serious, such as one that threatens life?"),
    "substantial_value": _("Did the court find that the record will likely be of substantial value?"),
    "own_counsel": _("Could we have counsel who is independent of whoever asked for it?"),
    "only_officials": _("Does it allow only officials of this investigation, for this crime?"),
    "has_jurisdiction": _("Was it asked for by an agency that has authority over us?"),
    "may_seek_change": _("Can we and the person ask the court to change it or take it back?"),
    "names_deleted": _("Does it say that names are deleted from whatever becomes public?"),
    "not_against_patients": _("Does it say that nothing may be used against a person we serve?"),
    "director_told": _("Was the director told before, or does the order say why not?"),
    "crime_of_staff": _("Did the court find reason to believe that somebody who works here commits a crime?"),
    "placement": _("Does it name who is placed, and in which part of the program?"),
    "twelve_months": _("Does it end after 12 months at most?"),
    "tells_nobody": _("Does it forbid the agent to tell of people we serve?"),
}
CONFIDENTIAL_WORDS: Words = {
    "none": _("It does not: what the person said stays here"),
    "threat_to_life": _("It does, because of a threat to life or of serious injury"),
    "serious_crime": _("It does, because of an extremely serious crime"),
    "testified": _("It does, because the person testified about it"),
}
REASON_WORDS: Words = {
    "no_order": _("The order is not in force."),
    "no_mandate": _("There is no mandate in force that compels."),
    "undercover": _("An order of this kind lets out no record."),
    "criteria": _("Not every question about the order was answered with yes. Counsel can ask the court to mend it."),
    "other_person": _("Nobody said yet which person it is about."),
    "other_recipient": _("The order names somebody else who may have it."),
    "confidential": _("The order does not allow what the person said in confidence."),
    "nothing_covered": _("The order names none of that."),
    "not_yours": _("It takes two different people."),
    "not_by_them": _("It takes somebody with another role."),
    "over": _("This is over."),
    "twice": _("Something was asked for or went out under this order already."),
}
STEP_WORDS: Words = {
    "received": _("Written down"),
    "letter": _("The neutral letter was handed out"),
    "named": _("It is about somebody with us"),
    "counsel": _("Counsel was told"),
    "held": _("The record is kept whole from now on"),
    "filed": _("A paper was put on file"),
    "paper_ended": _("A paper is no longer in force"),
    "asked": _("Asked that records go out"),
    "agreed": _("A second person agreed"),
    "declined": _("A second person declined"),
    "withdrawn": _("Not needed any more"),
    "opened": _("A day is over, and nobody else could agree"),
    "lapsed": _("Too much time went by"),
    "released": _("What the order names went out"),
    "telling": _("From when on the person may read of it"),
    "added": _("Added"),
    "closed": _("Closed"),
    "scanned": _("The paper itself was added"),
    "scan_gone": _("A file was taken away"),
}
SCAN_KINDS: Words = {"pdf": _("PDF"), "jpg": _("Picture (JPEG)"), "png": _("Picture (PNG)")}
SCAN_PROBLEMS: Words = {
    "large": _("This file is too large. Up to 20 MB are possible. Add its pages one by one, or scan them smaller."),
    "unknown": _("We cannot read this file. A PDF, or a picture as JPEG or PNG, is possible."),
    "drawing": _(
        "This file is a web page or a drawing (HTML, SVG), which could do something when it is opened. A PDF, "
        "or a picture as JPEG or PNG, is possible."
    ),
    "broken": _("This file is not whole, or was written in a way we do not know. Please save or scan it again."),
    "more": _(
        "There is more in this file than a paper, such as a short film behind the picture or a second file. "
        "Please scan the page to a PDF, or save the picture alone."
    ),
    "moving": _("This picture moves. Please take a still one."),
    "huge": _(
        "This picture has too many points: up to 60 million, which is A4 or Letter at 600 dpi. Please scan it smaller."
    ),
}
SCAN_REFUSED: Words = {
    "twice": _("This very file is here already."),
    "many": _("Up to 60 files fit here. Please put several pages into one PDF."),
    "held": _(
        "The record of the person is kept whole, so nothing of this is taken away. Write down below that it does "
        "not belong here."
    ),
    "over": _("It was taken away already."),
    "changed": _("These are not the bytes that were kept. Please tell whoever runs this system at once."),
}
HOLD_WORDS: Words = {
    "demand": _("A demand by law names the person"),
    "litigation": _("A lawsuit"),
    "investigation": _("An investigation"),
    "complaint": _("A complaint"),
    "incident": _("An incident"),
    "other": _("Another reason"),
}
REPORT_KINDS: Words = {
    "child_abuse": _("A child may be hurt or neglected"),
    "crime": _("A crime here or against somebody who works here, or a threat of one"),
    "elder_abuse": _("An older or dependent adult may be hurt or neglected"),
    "threat": _("Somebody is in danger from another person"),
    "other": _("Something else that our state wants reported"),
}
REPORT_HINTS: Words = {
    "child_abuse": _("Only the first report that state law asks for. The record itself stays protected."),
    "crime": _("Only what happened, name, address, where the person was seen last, and that they are with us."),
    "elder_abuse": _("Do not say that the person is with us, or who we are."),
    "threat": _("Do not say that the person is with us, or who we are."),
    "other": _("Do not say that the person is with us, or who we are."),
}
FIELDS: Words = {
    "child": _("Which child, and how old"),
    "what_was_seen": _("What was seen or heard"),
    "child_whereabouts": _("Where the child is"),
    "who_may_have_done_it": _("Who may have done it"),
    "when_and_where": _("When and where"),
    "other_children": _("Other children who may be in danger"),
    "circumstances": _("What happened"),
    "name": _("The name of whoever did it or threatened it"),
    "address": _("Their address"),
    "last_whereabouts": _("Where they were seen last"),
    "patient_status": _("That they are with us"),
    "who_is_harmed": _("Who is hurt or in danger"),
    "where_they_are": _("Where they are"),
    "who_is_in_danger": _("Who is in danger"),
    "what_was_said": _("What was said or done"),
    "who_may_do_it": _("Who may do it"),
}
TOLD_FIRST_WORDS: Words = {
    "supervisor": _("My supervisor knew before I called"),
    "not_reached": _("Nobody could be reached in time"),
    "not_safe": _("It was not safe to tell here first"),
}
HELD_BACK_WORDS: Words = {
    "no": _("At once"),
    "danger": _("Later: reading of it now would put somebody in danger"),
    "agency_wrote": _("Later: the agency asked so in writing"),
    "agency_said": _("Later: the agency asked so by word of mouth, 30 days at most"),
}
FACTOR_WORDS: Words = {
    "what_kind": _("What kind of information was it, and how easily does it lead to a person?"),
    "who_got_it": _("Who got it or used it, and must they keep it to themselves?"),
    "was_it_seen": _("Was it really seen or taken?"),
    "what_was_done": _("What was done about it, so that harm is less likely?"),
}
DECISION_WORDS: Words = {
    "breach": _("It is a breach: people are told"),
    "low_probability": _("There is a low probability that anything was compromised"),
}
CLOCK_WORDS: Words = {
    "people": _("Tell the people"),
    "substitute": _("Post a notice for all to see: no letter reaches ten people or more"),
    "hhs": _("Tell the Department of Health and Human Services (HHS), at once"),
    "hhs_yearly": _("Enter it with HHS for this year"),
    "media": _("Tell the media"),
}
INFORMATION_WORDS: Words = {
    "name": _("Your name"),
    "reach": _("Your phone number or e-mail address"),
    "birth_date": _("Your birth date"),
    "being_here": _("That you are or were with us"),
    "contacts": _("When we talked or met"),
    "notes": _("Notes about our talks"),
    "messages": _("Messages"),
    "plan": _("Your plan or other pages of yours"),
    "answers": _("What you answered to questions"),
    "other": _("Something else"),
}
DELAY_WORDS: Words = {
    "written": _("In writing, with its time"),
    "spoken": _("By word of mouth, 30 days at most"),
}
DELAY_REASON_WORDS: Words = {
    "investigation": _("Telling would hinder a criminal investigation"),
    "security": _("Telling would harm national security"),
}
WHERE_POSTED_WORDS: Words = {
    "home_page": _("On the front page of this site, for 90 days"),
    "media": _("In a large newspaper, on radio or television"),
}
HOW_TOLD_WORDS: Words = {
    "mail": _("By mail"),
    "own_page": _("On their own page, with a neutral notice"),
    "in_person": _("Face to face, with the letter"),
    "telephone": _("By telephone, then the letter"),
    "substitute": _("In another way, as no letter reaches them"),
}
ACT_WORDS: Words = {
    "opened": _("Opened records"),
    "exported": _("Saved or printed records"),
    "named": _("Saw names in a list or a search"),
}


def choices(words: Words, codes=None) -> list[tuple[str, str | Promise]]:
    """For a form: [(code, words)] of these codes, or of all."""
    return [(code, words[code]) for code in codes or words]


CAPACITY_WORDS: Words = {
    "agency": _("For an agency of the government that gives us money or oversees us by law"),
    "payer": _("For somebody else who gives us money, for a health plan, or for a quality organization of Medicare"),
    "control": _("For the organization that directs us"),
    "qualified": _("Somebody else whom we find able to do it"),
    "medicare": _("For Medicare, Medicaid or CHIP"),
    "mandated": _("For an agency of the government, because a law demands this audit"),
}
CAPACITY_HINTS: Words = {
    "qualified": _("They look here, and take nothing along."),
    "mandated": _("Only if it cannot be done with records without names."),
}
HOW_WORDS: Words = {
    "premises": _("They look here, and take nothing along"),
    "copied": _("They copy records or take them along"),
}
PROMISE_WORDS: Words = {
    "limits": _("They give it back to nobody but us, and use it for nothing but this audit"),
    "keep_and_destroy": _("They keep it safe, and destroy it, as our own rules for records want"),
    "retain": _("They keep it as long as the law says, and no longer"),
}
PROMISE_HINTS: Words = {code: f"42 CFR {section}" for code, section in PROMISES.items()}
INSPECTION_WRONG: Words = {
    "capacity": _("Whoever looks in this capacity takes nothing along."),
    "why_named": _("Please say why it cannot be done with records without names."),
    "agreed_on": _("Choose a day that has been."),
    "promises": _("The paper must promise this: {promises}."),
    "destroy_by": _("Copies need a day to come on which they are destroyed. What is not taken along has none."),
    "destroyed_on": _("Choose the day on which they confirmed that the copies are destroyed."),
}
