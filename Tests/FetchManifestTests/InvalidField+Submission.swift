import FetchCore

extension InvalidField {
    /// Invalid places of the job in the response to a submission.
    static let submission: [InvalidField] = [
        InvalidField(["submission": "id"], "submission", "is a string and should be an object", "id, url, eta"),
        InvalidField(["submission": [:]], "submission", "has neither id nor url", "{\"id\": \"id\"}"),
        InvalidField(["submission": ["eta": "eta"]], "submission", "has neither id nor url", "id"),
        InvalidField(["submission": ["id": 7]], "submission.id", "is a number", "quotation marks"),
        InvalidField(["submission": ["id": []]], "submission.id", "is an empty array", "data.status"),
        InvalidField(["submission": ["id": "data..id"]], "submission.id", "a member name", "joined by dots"),
        InvalidField(["submission": ["id": "."]], "submission.id", "neither a member nor a header", "data.task_id"),
        InvalidField(
            ["submission": ["url": "$http.status"]],
            "submission.url",
            "neither a member nor a header",
            "data.task_id"
        ),
        InvalidField(
            ["submission": ["url": "http.headers.Location"]],
            "submission.url",
            "has no $",
            "$http.headers.Location"
        ),
        InvalidField(["submission": ["id": "id", "uri": "url"]], "submission.uri", "is not a field", "url?"),
        InvalidField(
            ["submission": ["id": "id", "hasState": "yes"]],
            "submission.hasState",
            "is a string and should be true or false",
            "quotation marks"
        ),
        path("videos/{kind}/{task}", "except for one", "{kind}, {task}"),
        path("videos", "except for one", "submission.id"),
        path("videos/{sort}", "except for one", "{kind}, {task}"),
        path("videos/{kind", "unmatched brace", "."),
        InvalidField(
            ["submission": ["url": "url", "path": "videos"]],
            "submission.path",
            "applies only to an id that isn't a URL",
            "value path of the id"
        ),
    ]

    private static func path(_ path: String, _ reason: String, _ remedy: String) -> InvalidField {
        InvalidField(
            [
                "id": ["form": "{kind}/{task}"], "path": "videos/{kind}/{task}",
                "submission": ["id": "task_id", "path": .string(path)],
            ],
            "submission.path",
            reason,
            remedy
        )
    }
}
