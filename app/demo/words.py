"""The words of the story, by weather (1 stormy … 5 clear). All made up; none belongs to anybody."""

from typing import Final

FEELINGS: Final = {
    1: ("overwhelmed", "panicky", "hopeless", "numb", "lonely", "ashamed", "own:like glass"),
    2: ("sad", "worn-out", "worried", "tense", "lonely", "discouraged", "heavy"),
    3: ("tired", "restless", "foggy", "torn", "calm", "patient", "bored"),
    4: ("content", "hopeful", "calm", "relieved", "grateful", "curious", "connected"),
    5: ("happy", "grateful", "energetic", "proud", "playful", "free", "loved"),
}

CONTEXTS: Final = {
    1: ("body", "being-alone", "memories", "money", "family", "news"),
    2: ("work-or-study", "body", "being-alone", "money", "news", "weather-outside"),
    3: ("work-or-study", "home", "phone", "food", "people"),
    4: ("people", "movement", "nature", "food", "home", "own:choir"),
    5: ("people", "nature", "movement", "family", "own:choir"),
}

NOTES: Final = {
    1: (
        "Awake since three. The same thoughts going round.",
        "Could not answer the phone. Put it in the drawer.",
        "Everything too loud in the shop. Left the basket and went home.",
        "Shaking a bit. Sat on the bathroom floor until it passed.",
    ),
    2: (
        "Slept four hours. Everything through a wet window.",
        "Cancelled the dinner. Felt bad about it, and relieved.",
        "Deadline again. Shoulders up at my ears.",
        "Rain outside as well. At least we agree.",
        "Did not say what I meant at all today.",
    ),
    3: (
        "An ordinary day. Washing done, that is something.",
        "Neither here nor there. Soup helped.",
        "Long meeting, short walk.",
        "Tired but all right.",
        "Waiting for the letter. Trying not to look at the door.",
    ),
    4: (
        "Walked to the sea and back. Cold hands, clear head.",
        "Sang for an hour and forgot to worry.",
        "Told a friend how it has been. They listened.",
        "First proper breakfast this week.",
        "Finished the thing I had been putting off.",
    ),
    5: (
        "Sun on the kitchen table. I noticed it.",
        "Laughed until it hurt.",
        "The concert went well. My voice held.",
        "A whole day without checking the time.",
    ),
}

WORRIED: Final = (
    "Ask once, plainly: shall I come by, or just listen? If there is no answer by the next evening, ring. If it sounds"
    " dangerous: the numbers in Help now, and then the neighbour on the second floor."
)

SAID: Final = (
    ("ben", 150, "message", "Good to have you on the other end of this."),
    ("ada", 149, "message", "And you. I am better at weather than at words, so this suits me."),
    ("ben", 98, "signal", "thinking"),
    ("ada", 75, "message", "Choir was good tonight. I nearly did not go."),
    ("ben", 74, "signal", "glad"),
    ("ada", 51, "message", "How was the first week back?"),
    ("ben", 49, "message", "Long. I slept in the train and woke up one stop too late. It was a nice walk, though."),
    ("ada", 48, "signal", "here"),
    ("ben", 20, "message", "Tea on Saturday?"),
    ("ada", 19, "message", "Yes. Your turn to bring the biscuits."),
)
"""Who says what to the other, and how many hours before the end of the story; nudges are a `signal`, too."""
