import FetchCore

// Inputs that the standard leaves to the parser, and the choices of this parser.
extension JSONCase {
    static let choices = numberChoices + stringChoices + otherChoices

    // A number is a 64-bit integer if it fits, otherwise the nearest double, or `null` if that is not finite.
    private static let numberChoices: [JSONCase] = [
        JSONCase("a fraction below all doubles", "[907.125e-800]", is: [.number(0)]),
        JSONCase("an exponent of a hundred digits", "[0.7e00\(String(repeating: "9", count: 98))]", is: [nil]),
        JSONCase("a negative integer above all doubles", "[-7e+9000]", is: [nil]),
        JSONCase("a fraction above all doubles", "[7.5e+9000]", is: [nil]),
        JSONCase("a negative number with an exponent of six digits", "[-907907e200000]", is: [nil]),
        JSONCase("a number with an exponent of six digits", "[907907e200000]", is: [nil]),
        JSONCase("an exponent of eight digits below zero", "[907e-20000000]", is: [.number(0)]),
        JSONCase(
            "a negative integer of thirty digits",
            "[-\(String(repeating: "907", count: 10))]",
            is: [-9.07907907907907907e29]
        ),
        JSONCase("an integer of twenty-one digits", "[700000000000000000000]", is: [7e20]),
        JSONCase(
            "a negative integer of forty-eight digits",
            "[-\(String(repeating: "321", count: 16))]",
            is: [-3.21321321321321321e47]
        ),
    ]

    // A string that is not valid Unicode is `null`. A member with such a name is dropped.
    private static let stringChoices: [JSONCase] = [
        JSONCase("the second half of a pair as a name", #"{"\uDEAD":7,"x":8}"#, is: ["x": 8]),
        JSONCase("the first half of a pair", #"["\uDABC"]"#, is: [nil]),
        JSONCase("the first half of a pair and another character", #"["\uD899\u4321"]"#, is: [nil]),
        JSONCase("a byte that begins nothing behind characters", "[\"海з", [0xFA], "\"]", is: [nil]),
        JSONCase("half a pair in three bytes", "[\"", [0xED, 0xA1, 0x81], "\"]", is: [nil]),
        JSONCase("half a pair in front of a short escape", #"["\uD801\t"]"#, is: [nil]),
        JSONCase("half a pair in front of a letter", #"["\uDd1fb"]"#, is: [nil]),
        JSONCase("two first halves in front of a short escape", #"["\uD801\uD801\t"]"#, is: [nil]),
        JSONCase("a first half in small letters", #"["\ud801"]"#, is: [nil]),
        JSONCase("a first half in front of letters", #"["\ud801xyz"]"#, is: [nil]),
        JSONCase("a byte of no character", "[\"", [0xFE], "\"]", is: [nil]),
        JSONCase("the halves of a pair in the wrong order", #"["\uDd60\uD834"]"#, is: [nil]),
        JSONCase("a letter in Latin-1", "[\"", [0xFC], "\"]", is: [nil]),
        JSONCase("the second half of a pair", #"["\uDEAD"]"#, is: [nil]),
        JSONCase("a continuation byte alone", "[\"", [0x9A], "\"]", is: [nil]),
        JSONCase("a character above U+10FFFF", "[\"", [0xF4, 0xA0, 0x80, 0x80], "\"]", is: [nil]),
        JSONCase("a slash in two bytes", "[\"", [0xC0, 0xAF], "\"]", is: [nil]),
        JSONCase("a sequence of six bytes", "[\"", [0xFC, 0x84, 0xBF, 0xBF, 0xBF, 0xBF], "\"]", is: [nil]),
        JSONCase("zero in six bytes", "[\"", [0xFC, 0x80, 0x80, 0x80, 0x80, 0x80], "\"]", is: [nil]),
        JSONCase("a character that breaks off", "[\"", [0xE1, 0xFF], "\"]", is: [nil]),
    ]

    // The parser accepts UTF-8 only, with or without a byte order mark, and 64 levels of nesting.
    private static let otherChoices: [JSONCase] = [
        JSONCase("UTF-16 with a byte order mark", "", [0xFF, 0xFE, 0x5B, 0, 0x22, 0, 0xFC, 0, 0x22, 0, 0x5D, 0], ""),
        JSONCase("UTF-16, high bytes first", "", [0, 0x5B, 0, 0x22, 0, 0xFC, 0, 0x22, 0, 0x5D], ""),
        JSONCase("UTF-16, low bytes first", "", [0x5B, 0, 0x22, 0, 0xFC, 0, 0x22, 0, 0x5D, 0], ""),
        JSONCase(
            "five hundred arrays",
            String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        ),
        JSONCase("a byte order mark in front of an object", "", [0xEF, 0xBB, 0xBF], #"{"x":7}"#, is: ["x": 7]),
        // The suite refuses these values, but servers in Python write them.
        JSONCase("not a number, as Python writes it", "[NaN]", is: [nil]),
        JSONCase("infinity, as Python writes it", "[Infinity]", is: [nil]),
        JSONCase("negative infinity, as Python writes it", "[-Infinity]", is: [nil]),
    ]
}
