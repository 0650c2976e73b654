import FetchCore

extension InvalidField {
    /// Keys in a manifest, names without the provider, and duplicate query items.
    static let keys: [InvalidField] = [
        InvalidField(
            ["path": "videos/{id}?key=live-1"],
            "path",
            "seems to contain a key in “key”=…",
            "Declare in \"key\""
        ),
        InvalidField(
            ["path": "videos?v={id}&x=sk-live-1"],
            "path",
            "seems to contain a key in “x”=…",
            "Declare in \"key\""
        ),
        InvalidField(
            ["path": "videos?v={id}&sk-live-1"],
            "path",
            "seems to contain a key in its query",
            "Declare in \"key\""
        ),
        InvalidField(["path": "sk-live-1/{id}"], "path", "seems to contain a key", "Declare in \"key\""),
        InvalidField(
            ["baseURL": "https://example.com/sk-live-1"],
            "baseURL",
            "seems to contain a key",
            "Declare in \"key\""
        ),
        InvalidField(
            ["headers": ["X-Api-Key": "live-1"]],
            "headers.X-Api-Key",
            "seems to contain a key",
            "Declare in \"key\""
        ),
        InvalidField(
            ["headers": ["Authorization": "Bearer live-1"], "key": ["query": "key"]],
            "headers.Authorization",
            "seems to contain a key",
            "Declare in \"key\""
        ),
        InvalidField(
            ["key": ["header": "Authorization", "prefix": "Bearer live-1 "]],
            "key.prefix",
            "seems to contain a key",
            "Declare in \"key\""
        ),
        InvalidField(
            ["method": "POST", "body": ["a": [["api_key": ["live-1"]]]]],
            "body.a[0].api_key[0]",
            "seems to contain a key",
            "Declare in \"key\""
        ),
        InvalidField(
            ["method": "POST", "body": ["a": "sk-live-1"]],
            "body.a",
            "seems to contain a key",
            "Declare in \"key\""
        ),
        InvalidField(
            ["key": ["header": "Authorization", "prefix": "Bearer"]],
            "key.prefix",
            "“Bearer” doesn't end with a space",
            "Write \"Bearer \" with a space"
        ),
        InvalidField(
            ["key": ["header": "X-Key", "prefix": "live-1"]],
            "key.prefix",
            "it doesn't end with a space",
            "End it with a space"
        ),
        InvalidField(["name": "video"], "name", "doesn't begin with the provider", "Write \"example.video\""),
        InvalidField(["name": "other.video"], "name", "doesn't begin with the provider", "Write \"example.video\""),
        InvalidField(["name": "examples.video"], "name", "doesn't begin with the provider", "Write \"example.video\""),
        InvalidField(["name": "example.pro.video"], "name", "one more component", "Write \"example.video\""),
        InvalidField(["headers": ["X-Job": "a-{id}"]], "headers.X-Job", "{id} isn't replaced", "path or the body"),
        InvalidField(["headers": ["X-Job": "{+job}"]], "headers.X-Job", "{job} isn't replaced", "path or the body"),
        InvalidField(
            ["path": "videos?job={id}", "key": ["query": "job"]],
            "key.query",
            "the path already has a query item job",
            "another name"
        ),
        InvalidField(
            ["path": "videos?%6Aob={id}", "key": ["query": "job"]],
            "key.query",
            "the path already has a query item job",
            "another name"
        ),
        InvalidField(["outputs": []], "outputs", "is an empty array", "such as"),
        followUp(["path": "sk-live-1/{id}"], "followUp.path", "seems to contain a key"),
        followUp(["headers": ["X-Token": "live-1", "Token": "live-1"]], "followUp.headers.Token", "seems to contain"),
        followUp(["headers": ["X-Job": "{id}"]], "followUp.headers.X-Job", "{id} isn't replaced"),
        followUp(
            ["key": ["header": "X-Key", "prefix": "sk-live-1 "]],
            "followUp.key.prefix",
            "seems to contain a key"
        ),
        followUp(
            ["path": "files?key={id}", "key": ["query": "key"]],
            "followUp.key.query",
            "the path already has a query item key"
        ),
        followUp(["outputs": []], "followUp.outputs", "is an empty array"),
        InvalidField(
            [
                "method": "POST", "key": ["body": "key"], "outputs": nil,
                "followUp": ["path": "videos/{id}/file", "outputs": [["as": "file"]]],
            ],
            "followUp",
            "has no body for the key",
            "followUp.key"
        ),
    ]

    private static func followUp(_ changes: [String: JSONValue], _ field: String, _ reason: String) -> InvalidField {
        let members: [String: JSONValue] = ["path": "videos/{id}/content", "outputs": [["as": "file"]]]
        return InvalidField(["outputs": nil, "followUp": .object(members.merging(changes) { $1 })], field, reason, ".")
    }
}
