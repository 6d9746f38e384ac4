package io.millrace.guarantees.check;

/** The ways in which a promise can be broken. */
public enum Flaw {
    LOST("something that was accepted or posted is missing where it has to be"),
    DUPLICATE("one command, or one entry, is there twice"),
    PHANTOM("something is there that nobody asked for, or that was refused"),
    REORDERED("the order is not the one that was promised"),
    HOLE("a number is missing in a sequence without holes"),
    SEQ_TWICE("one number was given to two things, or one thing has two numbers"),
    LEAK("somebody was told what is not meant for it"),
    ALTERED("a body is not the one that was sent"),
    STALE_DEVICE("a device that is connected does not know all of its timeline"),
    WRONG_UNREAD("an unread count is not the number of unread messages"),
    VIEWS_DIFFER("two views of the same thing say different things"),
    CHAIN_BROKEN("a record does not carry the hash that follows from its predecessor"),
    NO_EVIDENCE("there is nothing, or too little, to judge by");

    private final String meaning;

    Flaw(String meaning) {
        this.meaning = meaning;
    }

    /** One clause for a person. */
    public String meaning() {
        return meaning;
    }
}
