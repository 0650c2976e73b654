import FetchCore

extension BadField {
    private static func status(_ changes: [String: JSONValue]) -> [String: JSONValue] {
        [
            "status": .object(
                ["at": "status", "succeeded": ["done"]].merging(changes) { $1 }.filter { $0.value != .null }
            )
        ]
    }

    /// Words, places and readings that contradict each other.
    static let status: [BadField] = [
        BadField(["status": "status"], "status", "is a text and should be an object", "braces"),
        BadField(["status": []], "status", "is an empty list", "."),
        BadField(status(["at": nil]), "status.at", "is missing", "\"at\": \"status\""),
        BadField(status(["at": 7]), "status.at", "is a number", "quotation marks"),
        BadField(status(["at": []]), "status.at", "is an empty list", "place"),
        BadField(status(["at": ["status", 7]]), "status.at[1]", "is a number", "quotation marks"),
        BadField(status(["at": "data..status"]), "status.at", "a name is missing", "joined by dots"),
        BadField(status(["at": "data.videos[]"]), "status.at", "brackets hold", "[0]"),
        BadField(status(["at": "data.videos[x]"]), "status.at", "brackets hold", "[0]"),
        BadField(status(["at": "$http.code"]), "status.at", "neither $http.status", "."),
        BadField(status(["succeeded": nil, "failed": ["x"]]), "status", "nothing means succeeded", "succeeded"),
        BadField(status(["succeeded": nil]), "status", "no value means anything", "List the words"),
        BadField(status(["succeeded": "done"]), "status.succeeded", "is a text and should be a list", "[\"done\"]"),
        BadField(status(["succeeded": [["done"]]]), "status.succeeded[0]", "is a list", "\"done\""),
        BadField(status(["succeeded": ["a", ""]]), "status.succeeded[1]", "a word", "\"done\""),
        BadField(status(["succeeded": [0.5]]), "status.succeeded[0]", "a whole number", "."),
        BadField(status(["succeeded": ["*"]]), "status.succeeded[0]", "every word", "\"otherwise\": \"succeeded\""),
        BadField(status(["succeeded": ["**"]]), "status.succeeded[0]", "every word", "\"otherwise\": \"succeeded\""),
        BadField(
            status(["message": ["at": "reasons", "betwen": ";"]]),
            "status.message.betwen",
            "is not a field",
            "between?"
        ),
        BadField(status(["message": ["between": ";"]]), "status.message.at", "is missing", "\"at\": \"message\""),
        BadField(status(["succeeded": ["done", "done"]]), "status.succeeded[1]", "twice", "once"),
        BadField(
            status(["failed": ["failed", "done"]]),
            "status.failed[1]",
            "in the list succeeded as well",
            "one list"
        ),
        BadField(status(["failed": [1], "cancelled": ["1"]]), "status.cancelled[0]", "in the list failed", "one list"),
        BadField(
            status(["moderated": ["S*"], "failed": ["S*"]]),
            "status.moderated[0]",
            "in the list failed",
            "one list"
        ),
        BadField(status(["canceled": ["x"]]), "status.canceled", "is not a field", "Did you mean cancelled?"),
        BadField(status(["next": ["x"]]), "status", "no reading comes after it", "what it means"),
        BadField(status(["otherwise": "fail"]), "status.otherwise", "“fail”", "Did you mean failed?"),
        BadField(status(["absent": true]), "status.absent", "is true and should be a text", "."),
        BadField(["status": [["at": "code"], ["at": "s", "succeeded": ["x"]]]], "status[0]", "no value means", "."),
    ]

    /// Outputs, numbers and follow-ups.
    static let outputs: [BadField] = [
        BadField(["outputs": "url"], "outputs", "is a text and should be a list", "link"),
        BadField(["outputs": ["url"]], "outputs[0]", "should be an object", "braces"),
        BadField(["outputs": [["at": "url"]]], "outputs[0].as", "is missing", "link"),
        BadField(["outputs": [["as": "url"]]], "outputs[0].as", "“url”", "Did you mean link?"),
        BadField(["outputs": [["as": "file", "at": "url"]]], "outputs[0].at", "the whole body", "Leave it out"),
        BadField(["outputs": [["as": "link", "at": "$http.headers.Location"]]], "outputs[0].at", "body", "data.url"),
        BadField(
            ["outputs": [["as": "link", "mediatype": "video/mp4"]]],
            "outputs[0].mediatype",
            "is not a field",
            "mediaType?"
        ),
        BadField(["progress": true], "progress", "is true and should be a text", "."),
        BadField(["progress": ["at": "progress", "of": 0]], "progress.of", "not greater than zero", "100"),
        BadField(["progress": ["of": 100]], "progress.at", "is missing", "progress"),
        BadField(["eta": ["at": "eta", "off": 1000]], "eta.off", "is not a field", "Did you mean of?"),
        BadField(["details": "queue"], "details", "should be an object", "braces"),
        BadField(
            ["followUp": ["path": "f/{id}", "outputs": [["as": "file"]]]],
            "outputs",
            "the follow-up has the output",
            "Move it"
        ),
        followUp(["path": nil], "followUp", "neither path nor url", "path"),
        followUp(["url": "result_url"], "followUp.url", "beside a path", "one of the two"),
        followUp(["path": "files/{file}"], "followUp.path", "no value for {file}", "{id}"),
        followUp(["values": ["file": "file_id"]], "followUp.path", "no place for {file} of values", "Write {file}"),
        followUp(["path": nil, "url": "u", "values": ["a": "b"]], "followUp.values", "with a path only", "Leave"),
        followUp(["outputs": nil], "followUp.outputs", "is missing", "second answer"),
        followUp(["followUp": [:]], "followUp.followUp", "is not a field", "."),
        followUp(["key": ["body": "key"]], "followUp.key", "has no body", "header"),
        followUp(["status": ["at": "s", "failed": ["x"]]], "followUp.status", "nothing means succeeded", "."),
    ]

    private static func followUp(
        _ changes: [String: JSONValue],
        _ field: String,
        _ reason: String,
        _ remedy: String
    ) -> BadField {
        let members: [String: JSONValue] = ["path": "videos/{id}/content", "outputs": [["as": "file"]]]
        let followUp = JSONValue.object(members.merging(changes) { $1 }.filter { $0.value != .null })
        return BadField(["outputs": nil, "followUp": followUp], field, reason, remedy)
    }
}
