import FetchCore

extension BadField {
    /// Keys where none belong, names that don't say whose key is sent, and two things in one place.
    static let keys: [BadField] = [
        BadField(["path": "videos/{id}?key=live-1"], "path", "seems to hold a key in “key”=…", "say in key"),
        BadField(["path": "sk-live-1/{id}"], "path", "has a part that seems to be a key", "say in key"),
        BadField(["headers": ["X-Api-Key": "live-1"]], "headers", "X-Api-Key seems to hold a key", "say in key"),
        BadField(
            ["headers": ["Authorization": "Bearer live-1"], "key": ["query": "key"]],
            "headers",
            "Authorization seems to hold a key",
            "say in key"
        ),
        BadField(
            ["key": ["header": "Authorization", "prefix": "Bearer live-1 "]],
            "key",
            "its prefix seems to hold a key",
            "say in key"
        ),
        BadField(
            ["key": ["header": "Authorization", "prefix": "Bearer"]],
            "key",
            "would touch the key",
            "Write \"Bearer \" with a space"
        ),
        BadField(["name": "video"], "name", "isn't the provider's name", "Write \"example.video\""),
        BadField(["name": "other.video"], "name", "isn't the provider's name", "Write \"example.video\""),
        BadField(["name": "example.pro.video"], "name", "isn't the provider's name", "Write \"example.video\""),
        BadField(["headers": ["X-Job": "{id}"]], "headers", "X-Job is sent as it is", "path or the body"),
        BadField(
            ["path": "videos?job={id}", "key": ["query": "job"]],
            "key",
            "the path has “job” already",
            "Name the item"
        ),
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
}
