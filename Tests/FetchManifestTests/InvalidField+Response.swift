import FetchCore

extension InvalidField {
    private static func status(_ changes: [String: JSONValue]) -> [String: JSONValue] {
        [
            "status": .object(
                ["at": "status", "succeeded": ["done"]].merging(changes) { $1 }.filter { $0.value != .null }
            )
        ]
    }

    /// Status values, value paths and rules that are invalid or contradict each other.
    static let status: [InvalidField] = [
        InvalidField(["status": "status"], "status", "is a string and should be an object", "braces"),
        InvalidField(["status": []], "status", "is an empty array", "."),
        InvalidField(status(["at": nil]), "status.at", "is missing", "\"at\": \"status\""),
        InvalidField(status(["at": 7]), "status.at", "is a number", "quotation marks"),
        InvalidField(status(["at": []]), "status.at", "is an empty array", "data.status"),
        InvalidField(status(["at": ["status", 7]]), "status.at[1]", "is a number", "quotation marks"),
        InvalidField(status(["at": "data..status"]), "status.at", "a member name", "joined by dots"),
        InvalidField(status(["at": "data.videos[]"]), "status.at", "brackets must contain", "[0]"),
        InvalidField(status(["at": "data.videos[x]"]), "status.at", "brackets must contain", "[0]"),
        InvalidField(status(["at": "$http.code"]), "status.at", "neither $http.status", "."),
        InvalidField(status(["succeeded": nil, "failed": ["x"]]), "status", "no value means succeeded", "succeeded"),
        InvalidField(status(["succeeded": nil]), "status", "no value has a meaning", "List the values"),
        InvalidField(
            status(["succeeded": "done"]),
            "status.succeeded",
            "is a string and should be an array",
            "[\"done\"]"
        ),
        InvalidField(status(["succeeded": [["done"]]]), "status.succeeded[0]", "is an array", "\"done\""),
        InvalidField(status(["succeeded": ["a", ""]]), "status.succeeded[1]", "a string that isn't empty", "\"done\""),
        InvalidField(status(["succeeded": [0.5]]), "status.succeeded[0]", "an integer", "."),
        InvalidField(
            status(["succeeded": ["*"]]),
            "status.succeeded[0]",
            "every value",
            "\"otherwise\": \"succeeded\""
        ),
        InvalidField(
            status(["succeeded": ["**"]]),
            "status.succeeded[0]",
            "every value",
            "\"otherwise\": \"succeeded\""
        ),
        InvalidField(
            status(["message": ["at": "reasons", "betwen": ";"]]),
            "status.message.betwen",
            "is not a field",
            "between?"
        ),
        InvalidField(status(["message": ["between": ";"]]), "status.message.at", "is missing", "\"at\": \"message\""),
        InvalidField(status(["succeeded": ["done", "done"]]), "status.succeeded[1]", "listed twice", "once"),
        InvalidField(
            status(["failed": ["failed", "done"]]),
            "status.failed[1]",
            "also listed under succeeded",
            "one meaning"
        ),
        InvalidField(
            status(["failed": [1], "cancelled": ["1"]]),
            "status.cancelled[0]",
            "also listed under failed",
            "one meaning"
        ),
        InvalidField(
            status(["moderated": ["S*"], "failed": ["S*"]]),
            "status.moderated[0]",
            "also listed under failed",
            "one meaning"
        ),
        InvalidField(status(["canceled": ["x"]]), "status.canceled", "is not a field", "Did you mean cancelled?"),
        InvalidField(status(["next": ["x"]]), "status", "is the last rule", "another meaning"),
        InvalidField(status(["otherwise": "fail"]), "status.otherwise", "“fail”", "Did you mean failed?"),
        InvalidField(status(["absent": true]), "status.absent", "is true and should be a string", "."),
        InvalidField(
            ["status": [["at": "code"], ["at": "s", "succeeded": ["x"]]]],
            "status[0]",
            "no value has a meaning",
            "."
        ),
    ]

    /// Invalid outputs, numbers and follow-ups.
    static let outputs: [InvalidField] = [
        InvalidField(["outputs": "url"], "outputs", "is a string and should be an array", "link"),
        InvalidField(["outputs": ["url"]], "outputs[0]", "should be an object", "braces"),
        InvalidField(["outputs": [["at": "url"]]], "outputs[0].as", "is missing", "link"),
        InvalidField(["outputs": [["as": "url"]]], "outputs[0].as", "“url”", "Did you mean link?"),
        InvalidField(["outputs": [["as": "file", "at": "url"]]], "outputs[0].at", "the whole body", "Remove it"),
        InvalidField(
            ["outputs": [["as": "link", "at": "$http.headers.Location"]]],
            "outputs[0].at",
            "body",
            "data.url"
        ),
        InvalidField(
            ["outputs": [["as": "link", "mediatype": "video/mp4"]]],
            "outputs[0].mediatype",
            "is not a field",
            "mediaType?"
        ),
        InvalidField(["progress": true], "progress", "is true and should be a string", "."),
        InvalidField(["progress": ["at": "progress", "of": 0]], "progress.of", "not greater than zero", "100"),
        InvalidField(["progress": ["of": 100]], "progress.at", "is missing", "progress"),
        InvalidField(["eta": ["at": "eta", "off": 1000]], "eta.off", "is not a field", "Did you mean of?"),
        InvalidField(["details": "queue"], "details", "should be an object", "braces"),
        InvalidField(
            ["followUp": ["path": "f/{id}", "outputs": [["as": "file"]]]],
            "outputs",
            "conflicts with the outputs of followUp",
            "Move it"
        ),
        followUp(["path": nil], "followUp", "neither path nor url", "path"),
        followUp(["url": "result_url"], "followUp.url", "conflicts with path", "one of the two"),
        followUp(["path": "files/{file}"], "followUp.path", "{file} has no value", "{id}"),
        followUp(
            ["values": ["file": "file_id"]],
            "followUp.path",
            "no placeholder {file} for the entry of values",
            "Add {file}"
        ),
        followUp(["path": nil, "url": "u", "values": ["a": "b"]], "followUp.values", "only to a path", "Remove"),
        followUp(["outputs": nil], "followUp.outputs", "is missing", "follow-up response"),
        followUp(["followUp": [:]], "followUp.followUp", "is not a field", "."),
        followUp(["key": ["body": "key"]], "followUp.key", "has no body", "header"),
        followUp(["status": ["at": "s", "failed": ["x"]]], "followUp.status", "no value means succeeded", "."),
    ]

    private static func followUp(
        _ changes: [String: JSONValue],
        _ field: String,
        _ reason: String,
        _ remedy: String
    ) -> InvalidField {
        let members: [String: JSONValue] = ["path": "videos/{id}/content", "outputs": [["as": "file"]]]
        let followUp = JSONValue.object(members.merging(changes) { $1 }.filter { $0.value != .null })
        return InvalidField(["outputs": nil, "followUp": followUp], field, reason, remedy)
    }
}
