import FetchCore

// Inputs that every parser must accept.
extension JSONCase {
    static let accepted = acceptedArrays + acceptedNumbers + acceptedObjects + acceptedStrings + acceptedRoots

    private static let acceptedArrays: [JSONCase] = [
        JSONCase("an array in an array, spaces behind it", "[[]     ]", is: [[]]),
        JSONCase("an array of an empty string", #"[""]"#, is: [""]),
        JSONCase("an empty array", "[]", is: []),
        JSONCase("a line feed behind an array", "[\"last\"]\n", is: ["last"]),
        JSONCase("an array of false", "[false]", is: [false]),
        JSONCase("an array of all types", #"[null,7,"7",{},[],true]"#, is: [nil, 7, "7", [:], [], true]),
        JSONCase("an array of null", "[null]", is: [nil]),
        JSONCase("a line feed in front of a closing bracket", "[7\n]", is: [7]),
        JSONCase("a space in front of an array", " [7]", is: [7]),
        JSONCase("null between numbers, several times", "[6,null,null,null,null,7]", is: [6, nil, nil, nil, nil, 7]),
        JSONCase("a space behind an array", "[7] ", is: [7]),
    ]

    private static let acceptedNumbers: [JSONCase] = [
        JSONCase("a large exponent", "[7e64]", is: [7e64]),
        JSONCase("zero with a signed exponent", "[0e+3]", is: [0]),
        JSONCase("zero with an exponent", "[0e3]", is: [0]),
        JSONCase("a space in front of a number", "[ 17]", is: [17]),
        JSONCase("a number with many zeros behind the point", "[-0.\(zeros(70))7]", is: [-7e-71]),
        JSONCase("an integer with an exponent", "[30e2]", is: [3_000]),
        JSONCase("zero with a sign", "[-0]", is: [0]),
        JSONCase("a negative integer", "[-907]", is: [-907]),
        JSONCase("a negative digit", "[-7]", is: [-7]),
        JSONCase("a signed zero among others", "[1,-0,1]", is: [1, 0, 1]),
        JSONCase("an exponent by a capital letter", "[7E21]", is: [7e21]),
        JSONCase("a negative exponent by a capital letter", "[7E-3]", is: [7e-3]),
        JSONCase("a positive exponent by a capital letter", "[7E+3]", is: [7_000]),
        JSONCase("an exponent of two digits", "[907e44]", is: [907e44]),
        JSONCase("a fraction and an exponent", "[907.125e67]", is: [907.125e67]),
        JSONCase("a negative exponent", "[7e-3]", is: [7e-3]),
        JSONCase("a positive exponent", "[7e+3]", is: [7_000]),
        JSONCase("an integer", "[907]", is: [907]),
        JSONCase("a fraction", "[907.654321]", is: [907.654321]),
    ]

    static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

    private static let acceptedObjects: [JSONCase] = [
        JSONCase("two members", #"{"ab":"cd", "ef":"gh"}"#, is: ["ab": "cd", "ef": "gh"]),
        JSONCase("one member", #"{"ab":"cd"}"#, is: ["ab": "cd"]),
        JSONCase("a name twice with two values", #"{"ab":"cd","ab":"ef"}"#, is: ["ab": "ef"]),
        JSONCase("a name twice with one value", #"{"ab":"cd","ab":"cd"}"#, is: ["ab": "cd"]),
        JSONCase("an empty object", "{}", is: [:]),
        JSONCase("an empty name", #"{"":7}"#, is: ["": 7]),
        JSONCase("an escaped zero in a name", #"{"a\u0000b": 7}"#, is: ["a\0b": 7]),
        JSONCase("large numbers", #"{ "low": -2.0e+29, "high": 2.0e+29 }"#, is: ["low": -2e29, "high": 2e29]),
        JSONCase(
            "long strings",
            #"{"ids":[{"id": "\#(zeros(48))"}], "id": "\#(zeros(60))"}"#,
            is: ["ids": [["id": .string(zeros(48))]], "id": .string(zeros(60))]
        ),
        JSONCase("an array as a member", #"{"ab":[]}"#, is: ["ab": []]),
        JSONCase(
            "a string of Unicode escapes",
            #"{"word":"\u0437\u0438\u043c\u0430 \u0438 \u043b\u0435\u0442\u043e"}"#,
            is: ["word": "зима и лето"]
        ),
        JSONCase("a line feed around a member", "{\n\"ab\": \"cd\"\n}", is: ["ab": "cd"]),
    ]

    private static let acceptedRoots: [JSONCase] = [
        JSONCase("false alone", "false", is: false),
        JSONCase("an integer alone", "907", is: 907),
        JSONCase("a negative fraction alone", "-0.7", is: -0.7),
        JSONCase("null alone", "null", is: nil),
        JSONCase("a string alone", #""word""#, is: "word"),
        JSONCase("true alone", "true", is: true),
        JSONCase("an empty string alone", #""""#, is: ""),
        JSONCase("a line feed behind the last bracket", "[\"word\",7]\n", is: ["word", 7]),
        JSONCase("true in an array", "[true]", is: [true]),
        JSONCase("space on both sides of an array", " [] ", is: []),
        JSONCase("every kind of space", "\t\r\n [\t\r\n 7\t\r\n ,\t\r\n 8\t\r\n ]\t\r\n ", is: [7, 8]),
    ]
}
