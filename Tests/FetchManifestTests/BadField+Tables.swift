import FetchCore

extension BadField {
    /// Fields that are missing, misspelt, mistyped, or of no use.
    static let structure: [BadField] =
        ["name", "provider", "baseURL", "method", "path", "key", "status", "outputs"].map {
            BadField([$0: nil], $0, "is missing", ".")
        }
        + ["name", "provider", "baseURL", "method", "path"].map {
            BadField([$0: 7], $0, "is a number and should be a text", "quotation marks")
        } + ["name", "baseURL", "path"].map { BadField([$0: ""], $0, "is empty", "such as") } + [
            BadField(
                ["outputs": nil, "outputz": [["at": "url", "as": "link"]]],
                "outputz",
                "is not a field",
                "Did you mean outputs?"
            ),
            BadField(
                ["baseUrl": "https://api.example.com", "baseURL": nil],
                "baseUrl",
                "is not a field",
                "Did you mean baseURL?"
            ),
            BadField(["colour": "red"], "colour", "is not a field", "There is "),
            BadField(["method": "get"], "method", "“get”", "Did you mean GET?"),
            BadField(["method": "PATCH"], "method", "“PATCH”", "There is GET, POST."),
            BadField(["manifest": 2], "manifest", "version 2 isn't known", "Write 1"),
            BadField(["manifest": nil], "manifest", "is missing", "\"manifest\": 1"),
            BadField(["manifest": nil, "manifst": 1], "manifst", "is not a field", "Did you mean manifest?"),
            BadField(["manifest": "1"], "manifest", "is a text", "\"manifest\": 1"),
            BadField(["description": ["a"]], "description", "is a list", "quotation marks"),
            BadField(["minimumGap": "5"], "minimumGap", "is a text and should be a number", "without quotation marks"),
            BadField(["minimumGap": 0], "minimumGap", "not greater than zero", "5"),
            BadField(["headers": ["X-Version"]], "headers", "is a list and should be an object", "braces"),
            BadField(["headers": ["X-Version": 2]], "headers.X-Version", "is a number", "quotation marks"),
            BadField(["domains": "example.com"], "domains", "is a text and should be a list", "brackets"),
            BadField(["id": "text"], "id", "is a text and should be an object", "type"),
            BadField(["id": ["type": "number"]], "id.type", "“number”", "integer"),
            BadField(["id": ["kind": "text"]], "id.kind", "is not a field", "form, type"),
        ]

    /// Values that are of the right type and yet make no request.
    static let values: [BadField] = [
        BadField(["name": "Example Video"], "name", "is not the name of an endpoint", "a-z"),
        BadField(["name": "Example.video"], "name", "is not the name", "Did you mean example.video?"),
        BadField(["provider": "exa mple"], "provider", "is not the name of a provider", "a-z"),
        BadField(["baseURL": "api.example.com"], "baseURL", "only http and https", "https://"),
        BadField(["baseURL": "https://"], "baseURL", "names no host", "https://"),
        BadField(["baseURL": "http://api.example.com"], "baseURL", "plain http", "https"),
        BadField(["baseURL": "https://me:sk-1@example.com"], "baseURL", "user name or password", "credentials"),
        BadField(["baseURL": "https://example.com/v1?key=1"], "baseURL", "a query", "path"),
        BadField(["domains": ["com"]], "domains[0]", "is not a domain", "example.com"),
        BadField(["domains": ["example.com", "*.example.com"]], "domains[1]", "is not a domain", "no wildcard"),
        BadField(["path": "videos/{id"], "path", "unmatched brace", "."),
        BadField(["path": "videos/{job}"], "path", "there is no value for {job}", "{id}"),
        BadField(["path": "videos"], "path", "has no place for {id}", "Write {id}"),
        BadField(["path": "a video/{id}"], "path", "invalid in a URL", "."),
        BadField(["id": ["form": "{kind}/{task}"]], "path", "there is no value for {id}", "{kind}, {task}"),
        BadField(["id": ["form": "{kind}/{task}"], "path": "videos/{task}"], "path", "no place for {kind}", "{kind}"),
        BadField(["id": ["form": "task"]], "id.form", "has no placeholder", "{workflow}/{run}"),
        BadField(["id": ["form": "{kind}/{id}"]], "id.form", "the id as a whole", "another name"),
        BadField(["id": ["type": "integer", "form": "{a}/{b}"]], "id.form", "ids that are texts", "Leave it out"),
        BadField(["id": ["type": "url"]], "path", "where the id is a URL", "Leave it out"),
        BadField(["headers": ["X Version": "2"]], "headers.X Version", "not the name of a header", "hyphens"),
        BadField(["headers": ["X-A": "1", "x-a": "2"]], "headers.x-a", "in another spelling", "one of the two"),
        BadField(["headers": ["Host": "example.com"]], "headers.Host", "the client sets it", "Leave it out"),
        BadField(["headers": ["X-Version": "2\r\nX-Other: 3"]], "headers.X-Version", "a header can't", "one line"),
        BadField(
            ["headers": ["authorization": "Bearer sk-1"]],
            "headers.authorization",
            "the key goes there",
            "credentials"
        ),
        BadField(["key": "sk-1"], "key", "a manifest holds no key", "\"none\""),
        BadField(["key": 1], "key", "is a number", "\"none\""),
        BadField(["key": [:]], "key", "names no place", "header, query and body"),
        BadField(["key": ["header": "X-Key", "query": "key"]], "key", "more than one place", "one of"),
        BadField(["key": ["header": "X Key"]], "key.header", "not the name of a header", "X-Key"),
        BadField(["key": ["header": "X-Key", "prefix": "Bearer\n"]], "key.prefix", "a header can't", "ASCII"),
        BadField(
            ["key": ["query": "key", "prefix": "Bearer "]],
            "key.prefix",
            "goes with a header only",
            "Leave it out"
        ),
        BadField(["key": ["heder": "X-Key"]], "key.heder", "is not a field", "Did you mean header?"),
        BadField(["key": ["body": "key"]], "key", "the body of a GET", "POST"),
        BadField(["body": ["task": "{id}"]], "body", "the body of a GET", "POST"),
        BadField(["method": "POST", "body": "{id}"], "body", "should be an object", "braces"),
        BadField(["method": "POST", "body": ["task": ["a", "{job}"]]], "body.task[1]", "no value for {job}", "{id}"),
        BadField(["method": "POST", "body": ["task": "task-{id}"]], "body.task", "not the whole text", "{id}"),
        BadField(
            ["method": "POST", "key": ["body": "key"], "body": ["key": "sk-1"]],
            "body",
            "the key goes into",
            "Leave"
        ),
    ]
}
