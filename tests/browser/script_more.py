"""More of what the clinic answers in the browser tests: what may be asked for at any point, and all that is shown."""

from collections.abc import Mapping, Sequence

from tests.browser.script_parts import Body, message, question

WHY = "These signs can’t wait. We ask everyone with back or leg pain."
WHERE = {
    "where_head": "Head",
    "where_face": "Face or jaw",
    "where_neck": "Neck",
    "where_shoulder_arm": "Shoulder or upper arm",
    "where_hand": "Elbow, wrist or hand",
    "where_upper_back": "Upper back",
    "where_lower_back": "Lower back",
    "where_buttock_thigh": "Buttock or thigh",
    "where_hip_groin": "Hip or groin",
    "where_lower_leg": "Knee, lower leg or foot",
    "where_chest_belly": "Chest or belly",
    "where_all_over": "All over",
}
BACKGROUND = {
    "scan_normal": "A scan that was clear",
    "scan_abnormal": "A scan that showed something",
    "scan_booked": "A scan that is booked",
    "tried_treatment": "Treatment I have tried",
    "stops_work": "It stops me working",
    "stops_sleep": "It stops me sleeping",
    "skip": "Skip this",
}
SLOTS = {
    "slot.1": "Tue, Dec 1, 9:00 am with Amy Lee",
    "slot.2": "Tue, Dec 1, 10:30 am with Amy Lee",
    "slot.3": "Tue, Dec 1, 2:00 pm with Noor Gill",
    "slot.4": "Wed, Dec 2, 11:15 am with Noor Gill",
    "slot.5": "Thu, Dec 3, 8:30 am with Amy Lee",
    "slot.6": "Thu, Dec 3, 4:45 pm with Noor Gill",
    "later": "Later times",
    "call_me": "Please call me instead",
}
YES_NO = {"yes": "Yes", "no": "No"}

PLACE = question("where", "Where does it hurt? Tick all that fit.", WHERE, multiple=True)
PLACE["data"].update(map=True, progress={"at": 1, "of": 5}, why="It tells us which safety questions to ask.")
UNDERSTOOD = question(
    "pattern",
    "So far I have: lower back and left foot, pain, about 6 months.\n\nIs it the same for months, or is it changing?",
    {"same": "Much the same", "worse": "Getting worse", "new": "It began lately", "unsure": "Not sure"},
)
UNDERSTOOD["data"].update(
    progress={"at": 2, "of": 5},
    why=WHY,
    fix=[
        {"id": "fix.place", "label": "Lower back and left foot"},
        {"id": "fix.pain", "label": "Pain"},
        {"id": "fix.time", "label": "About 6 months"},
    ],
)
BOX = question("background", "Last one, and you may skip it. Does any of this fit?", BACKGROUND, multiple=True)
BOX["data"].update(
    box={"scale": [0, 10], "label": "How bad is it, from 0 to 10?"},
    progress={"at": 5, "of": 5},
    why="It helps the physiotherapist to prepare.",
)
FREE = question("booking.slot", "These times are free. Which one suits you?", SLOTS, kind="booking")
FREE["data"].update(times=True, why="A time that you take is held for you at once.")
LINKED = {**message("You book on the clinic’s own page. It opens beside this chat."), "kind": "booking"}
LINKED["data"] = {
    "link": {
        "url": "https://book.example/visit",
        "label": "Open the booking page",
        "copy": "Lower back, 6 months.\n3 of 7.",
    }
}
APPOINTED = {**message("Your visit is booked. Please come ten minutes early."), "kind": "booking"}
APPOINTED["data"] = {
    "appointment": {
        "label": "Tue, Dec 1, 9:00 am with Amy Lee",
        "manage": "/appointment/abc",
        "ics": "/appointment/abc.ics",
    }
}
FAQ = {
    **message("A needle can sting or cramp for a moment. Many people feel sore for a day or two."),
    "data": {"more": True},
}
SOURCES = message("Soreness after needling was the most common effect in a large study.\n\nSource: Brady 2014.")
SURE = question("confirm.erase", "Shall I delete all that you told me? This can’t be undone.", YES_NO)
ERASED = {**message("Everything is deleted."), "data": {"erased": True}}
KNOWN = message("I have noted: pain in the lower back, for about 6 months. I know no name and no number.")
CHANGE = question("change", "Which answer shall we change?", {"change.who": "Who it is for", "keep": "Keep all"})
PERSON = message("Our front desk will call you. You can also call 604-555-0100.")
FIXED = question("fix.where", "Where is it, then?", {"where_neck": "Neck", "where_lower_back": "Lower back"})

MORE_BY_TEXT: Mapping[str, Sequence[Body]] = {
    "where": (PLACE,),
    "understood": (UNDERSTOOD,),
    "box": (BOX,),
    "free": (FREE,),
    "link": (LINKED,),
    "booked": (APPOINTED,),
    "faq": (FAQ,),
    "faq and back": (FAQ, UNDERSTOOD),
    # As patients say it, for the pictures of the documentation.
    "it hurts all the time": (PLACE,),
    "my lower back and left foot hurt, for six months now": (UNDERSTOOD,),
    "much the same": (BOX,),
    "yes, book a visit": (FREE,),
    "the first one, please": (APPOINTED,),
    "can i book it myself?": (LINKED,),
    "will the needles hurt?": (FAQ, UNDERSTOOD),
}
MORE_BY_CHOICE: Mapping[str, Sequence[Body]] = {
    "where_lower_back": (UNDERSTOOD,),
    "same": (BOX,),
    "slot.1": (APPOINTED,),
    "control.more": (SOURCES,),
    "control.delete_my_data": (SURE,),
    "control.what_do_you_know": (KNOWN,),
    "control.show_summary": (KNOWN,),
    "control.change": (CHANGE,),
    "control.talk_to_person": (PERSON,),
    "control.go_back": (UNDERSTOOD,),
    "control.book_exam": (FREE,),
    "fix.place": (FIXED,),
    "yes": (ERASED,),
}
