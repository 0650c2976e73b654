import FetchCore

extension InvalidField {
    private static func rules(_ rules: JSONValue...) -> [String: JSONValue] {
        ["status": .array(rules + [["at": "status", "succeeded": ["done"]]])]
    }

    private static func condition(_ when: JSONValue, _ reason: String, _ remedy: String) -> InvalidField {
        condition(when, "status[0].when", reason, remedy)
    }

    private static func condition(
        _ when: JSONValue,
        _ field: String,
        _ reason: String,
        _ remedy: String
    ) -> InvalidField {
        InvalidField(rules(["when": when, "then": "failed"]), field, reason, remedy)
    }

    /// Conditions that are malformed.
    static let conditions: [InvalidField] = [
        condition([:], "has no condition", "{\"status\": \"done\"}"),
        condition("done", "is a string and should be an object", "braces"),
        condition(["status": []], "status[0].when.status", "is an empty array", "missing"),
        condition(["status": ""], "status[0].when.status", "is a string and should be", "\"done\""),
        condition(["status": 0.5], "status[0].when.status", "is a number and should be", "\"done\""),
        condition(["status": "*"], "status[0].when.status", "every value", "{\"is\": \"text\"}"),
        condition(["status": ["is": "absent"]], "status[0].when.status.is", "“absent”", "Did you mean missing?"),
        condition(["status": ["is": []]], "status[0].when.status.is", "is an empty array", "missing"),
        condition(["status": [:]], "status[0].when.status.is", "is missing", "\"is\": \"missing\""),
        condition(["status": ["in": 1, "is": "text"]], "status[0].when.status.in", "is not a field", "Remove it."),
        condition(["a..b": 1], "status[0].when.a..b", "a member name", "joined by dots"),
        condition(["a": 1, "['a']": 2], "has two conditions", "one condition"),
        InvalidField(rules(["when": ["a": 1]]), "status[0].at", "is missing", "\"at\": \"status\""),
        InvalidField(rules(["then": "gone"]), "status[0].then", "“gone”", "Use one of"),
        InvalidField(
            rules(["when": ["a": 1], "then": "failed", "at": "b"]),
            "status[0].at",
            "conflicts with then",
            "Remove one"
        ),
        InvalidField(["outputs": [["as": "link", "optional": "yes"]]], "outputs[0].optional", "true or false", "quot"),
        InvalidField(
            ["outputs": [["as": "file", "optional": true]]],
            "outputs[0].optional",
            "the whole body",
            "Remove"
        ),
    ]

    /// Conditions that contradict themselves or each other.
    static let contradictions: [InvalidField] = [
        InvalidField(
            rules(["when": ["a": 1], "then": "failed"], ["when": ["a": 1], "then": "pending"]),
            "status[1]",
            "has the same conditions and decides",
            "change the conditions"
        ),
        InvalidField(
            rules(["when": ["a": [1, 2]], "then": "failed"], ["when": ["a": 2, "b": 3], "then": "pending"]),
            "status[1]",
            "is never evaluated, since status[0] decides each of its responses",
            "Remove one"
        ),
        InvalidField(rules(["then": "failed"]), "status[1]", "is never evaluated, since status[0]", "Remove one"),
        InvalidField(
            rules(["at": "a", "otherwise": "failed", "absent": "pending"]),
            "status[1]",
            "is never evaluated, since status[0]",
            "Remove one"
        ),
        condition(["error": "a", "error.code": 1], "error and error.code can't both have", "Split"),
        condition(["error": nil, "error.code": ["is": "text"]], "error and error.code can't both have", "Split"),
        condition(["a.b": 1, "a[0]": 2], "a.b and a[0] can't both have", "Split"),
        condition(["$http.status": ["is": "text"]], "$http.status never has such a value", "number"),
        condition(["$http.status": "ok"], "$http.status never has such a value", "403"),
        condition(["$http.status": nil], "$http.status never has such a value", "number"),
        condition(["$http.headers.A": ["is": "object"]], "$http.headers.A never has such a value", "text"),
        InvalidField(
            rules(["when": ["state": ["done", "failed"]], "at": "state", "failed": ["failed"], "pending": ["queued"]]),
            "status[0].pending",
            "state is never “queued” under the conditions",
            "add it to when"
        ),
        InvalidField(
            ["outputs": [["at": "a", "as": "link"], ["at": "a", "as": "text"]]],
            "outputs[1]",
            "takes the same value under the same conditions as outputs[0]",
            "Remove one"
        ),
        followUps(["when": ["a": 1]], ["when": ["a": 1]], "has the same conditions"),
        followUps([:], ["when": ["a": 1]], "is never sent, since followUp[0] applies to each"),
    ]

    private static func followUps(
        _ first: [String: JSONValue],
        _ second: [String: JSONValue],
        _ reason: String
    ) -> InvalidField {
        let members: [String: JSONValue] = ["path": "videos/{id}/content", "outputs": [["as": "file"]]]
        let followUps = [first, second].map { JSONValue.object(members.merging($0) { $1 }) }
        return InvalidField(
            ["outputs": nil, "followUp": .array(followUps)],
            "followUp[1]",
            reason,
            "change the conditions"
        )
    }

    /// Value paths that were probably meant to be others.
    static let paths: [InvalidField] = [
        path("videos.0.url", "has a number between dots", "Write videos[0].url"),
        path("0.url", "has a number between dots", "Write [0]"),
        path("http.status", "has no $", "Write $http.status"),
        path("http.headers.Location", "has no $", "Write $http.headers.Location"),
        path("/videos/0/url", "begins with a slash", "joined by dots"),
        path("a['b", "brackets must contain", "joined by dots"),
        path("a[0]b", "a member name before or after a dot is missing", "joined by dots"),
        path(String(repeating: "a.", count: 64) + "a", "has more than 64 steps", "joined by dots"),
    ]

    private static func path(_ path: String, _ reason: String, _ remedy: String) -> InvalidField {
        InvalidField(
            ["outputs": [["at": .string(path), "as": "link"]]],
            "outputs[0].at",
            reason,
            remedy
        )
    }

    /// More entries or longer strings than the limits allow.
    static let limits: [InvalidField] = [
        InvalidField(
            ["domains": .array((0..<9_900).map { .string("bad domain \($0)") })],
            "domains",
            "has 9900 entries, the limit is 128",
            "Remove some"
        ),
        InvalidField(
            ["id": ["form": .string((0..<300).map { "{p\($0)}" }.joined(separator: "/"))]],
            "id.form",
            "it has more than 32 placeholders",
            "{kind}/{task}"
        ),
        InvalidField(
            ["path": .string("v/{id}/" + String(repeating: "a", count: 5_000))],
            "path",
            "has more than 4096 bytes",
            "Shorten it"
        ),
        InvalidField(
            ["status": .array(Array(repeating: ["at": "status"], count: 129))],
            "status",
            "has 129 entries, the limit is 128",
            "Remove some"
        ),
        InvalidField(
            ["details": .object(Dictionary(uniqueKeysWithValues: (0..<129).map { ("d\($0)", JSONValue.string("a")) }))],
            "details",
            "has 129 entries",
            "Remove some"
        ),
    ]
}
