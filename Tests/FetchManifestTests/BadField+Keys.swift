import FetchCore

extension BadField {
    /// Keys where none belong, names that don't say whose key is sent, and two things in one place.
    static let keys: [BadField] = [
        BadField(["path": "videos/{id}?key=live-1"], "path", "seems to hold a key in “key”=…", "say in \"key\""),
        BadField(["path": "videos?v={id}&x=sk-live-1"], "path", "seems to hold a key in “x”=…", "say in \"key\""),
        BadField(["path": "videos?v={id}&sk-live-1"], "path", "seems to hold a key in its query", "say in \"key\""),
        BadField(["path": "sk-live-1/{id}"], "path", "seems to hold a key", "say in \"key\""),
        BadField(["baseURL": "https://example.com/sk-live-1"], "baseURL", "seems to hold a key", "say in \"key\""),
        BadField(["headers": ["X-Api-Key": "live-1"]], "headers.X-Api-Key", "seems to hold a key", "say in \"key\""),
        BadField(
            ["headers": ["Authorization": "Bearer live-1"], "key": ["query": "key"]],
            "headers.Authorization",
            "seems to hold a key",
            "say in \"key\""
        ),
        BadField(
            ["key": ["header": "Authorization", "prefix": "Bearer live-1 "]],
            "key.prefix",
            "seems to hold a key",
            "say in \"key\""
        ),
        BadField(
            ["method": "POST", "body": ["a": [["api_key": ["live-1"]]]]],
            "body.a[0].api_key[0]",
            "seems to hold a key",
            "say in \"key\""
        ),
        BadField(["method": "POST", "body": ["a": "sk-live-1"]], "body.a", "seems to hold a key", "say in \"key\""),
        BadField(
            ["key": ["header": "Authorization", "prefix": "Bearer"]],
            "key.prefix",
            "“Bearer” would touch the key",
            "Write \"Bearer \" with a space"
        ),
        BadField(["key": ["header": "X-Key", "prefix": "live-1"]], "key.prefix", "it would touch the key", "a space"),
        BadField(["name": "video"], "name", "doesn't begin with the provider", "Write \"example.video\""),
        BadField(["name": "other.video"], "name", "doesn't begin with the provider", "Write \"example.video\""),
        BadField(["name": "examples.video"], "name", "doesn't begin with the provider", "Write \"example.video\""),
        BadField(["name": "example.pro.video"], "name", "one more word", "Write \"example.video\""),
        BadField(["headers": ["X-Job": "a-{id}"]], "headers.X-Job", "{id} isn't replaced", "path or the body"),
        BadField(["headers": ["X-Job": "{+job}"]], "headers.X-Job", "{job} isn't replaced", "path or the body"),
        BadField(
            ["path": "videos?job={id}", "key": ["query": "job"]],
            "key.query",
            "the path has job already",
            "Name the item"
        ),
        BadField(
            ["path": "videos?%6Aob={id}", "key": ["query": "job"]],
            "key.query",
            "the path has job already",
            "Name the item"
        ),
        BadField(["outputs": []], "outputs", "is an empty list", "such as"),
        followUp(["path": "sk-live-1/{id}"], "followUp.path", "seems to hold a key"),
        followUp(["headers": ["X-Token": "live-1", "Token": "live-1"]], "followUp.headers.Token", "seems to hold"),
        followUp(["headers": ["X-Job": "{id}"]], "followUp.headers.X-Job", "{id} isn't replaced"),
        followUp(["key": ["header": "X-Key", "prefix": "sk-live-1 "]], "followUp.key.prefix", "seems to hold a key"),
        followUp(
            ["path": "files?key={id}", "key": ["query": "key"]],
            "followUp.key.query",
            "the path has key already"
        ),
        followUp(["outputs": []], "followUp.outputs", "is an empty list"),
        BadField(
            [
                "method": "POST", "key": ["body": "key"], "outputs": nil,
                "followUp": ["path": "videos/{id}/file", "outputs": [["as": "file"]]],
            ],
            "followUp",
            "has no body that the key could go into",
            "followUp.key"
        ),
    ]

    private static func followUp(_ changes: [String: JSONValue], _ field: String, _ reason: String) -> BadField {
        let members: [String: JSONValue] = ["path": "videos/{id}/content", "outputs": [["as": "file"]]]
        return BadField(["outputs": nil, "followUp": .object(members.merging(changes) { $1 })], field, reason, ".")
    }
}
