import FetchCore

extension InvalidField {
    /// Fields that are missing, misspelt or of the wrong type.
    static let structure: [InvalidField] =
        ["name", "provider", "baseURL", "method", "path", "key", "status", "outputs"].map {
            InvalidField([$0: nil], $0, "is missing", ".")
        }
        + ["name", "provider", "baseURL", "method", "path"].map {
            InvalidField([$0: 7], $0, "is a number and should be a string", "quotation marks")
        } + ["name", "baseURL", "path"].map { InvalidField([$0: ""], $0, "is empty", "such as") } + [
            InvalidField(
                ["outputs": nil, "outputz": [["at": "url", "as": "link"]]],
                "outputz",
                "is not a field",
                "Did you mean outputs?"
            ),
            InvalidField(
                ["baseUrl": "https://api.example.com", "baseURL": nil],
                "baseUrl",
                "is not a field",
                "Did you mean baseURL?"
            ),
            InvalidField(["colour": "red"], "colour", "is not a field", "Use one of: "),
            InvalidField(["method": "get"], "method", "“get”", "Did you mean GET?"),
            InvalidField(["method": "PATCH"], "method", "“PATCH”", "Use one of: GET, POST."),
            InvalidField(["manifest": 2], "manifest", "version 2 is unsupported", "Write 1"),
            InvalidField(["manifest": nil], "manifest", "is missing", "\"manifest\": 1"),
            InvalidField(["manifest": nil, "manifst": 1], "manifst", "is not a field", "Did you mean manifest?"),
            InvalidField(["manifest": "1"], "manifest", "is a string", "\"manifest\": 1"),
            InvalidField(["description": ["a"]], "description", "is an array", "quotation marks"),
            InvalidField(
                ["minimumGap": "5"],
                "minimumGap",
                "is a string and should be a number",
                "without quotation marks"
            ),
            InvalidField(["minimumGap": 0], "minimumGap", "not greater than zero", "5"),
            InvalidField(["requestTimeout": "75"], "requestTimeout", "is a string and should be a number", "75"),
            InvalidField(["deadline": -1], "deadline", "not greater than zero", "3600"),
            InvalidField(["minimumGap": 60, "maximumGap": 5], "maximumGap", "is less than minimumGap", "Exchange"),
            InvalidField(["requestTimeout": 60, "deadline": 5], "deadline", "is less than requestTimeout", "Allow"),
            InvalidField(["headers": ["X-Version"]], "headers", "is an array and should be an object", "braces"),
            InvalidField(["headers": ["X-Version": 2]], "headers.X-Version", "is a number", "quotation marks"),
            InvalidField(["domains": "example.com"], "domains", "is a string and should be an array", "brackets"),
            InvalidField(["id": "text"], "id", "is a string and should be an object", "type"),
            InvalidField(["id": ["type": "number"]], "id.type", "“number”", "integer"),
            InvalidField(["id": ["kind": "text"]], "id.kind", "is not a field", "form, type"),
        ]

    /// Values that have the right type but don't form a valid request.
    static let values: [InvalidField] = [
        InvalidField(["name": "Example Video"], "name", "is not the name of an endpoint", "a-z"),
        InvalidField(["name": "Example.video"], "name", "is not the name", "Did you mean example.video?"),
        InvalidField(["provider": "exa mple"], "provider", "is not the name of a provider", "a-z"),
        InvalidField(["baseURL": "api.example.com"], "baseURL", "only http and https", "https://"),
        InvalidField(["baseURL": "https://"], "baseURL", "has no host", "https://"),
        InvalidField(["baseURL": "http://api.example.com"], "baseURL", "plain http", "https"),
        InvalidField(["baseURL": "https://me:sk-1@example.com"], "baseURL", "user name or password", "credentials"),
        InvalidField(["baseURL": "https://example.com/v1?key=1"], "baseURL", "a query", "path"),
        InvalidField(["domains": ["com"]], "domains[0]", "is not a domain", "example.com"),
        InvalidField(["domains": ["example.com", "*.example.com"]], "domains[1]", "is not a domain", "no wildcard"),
        InvalidField(["path": "videos/{id"], "path", "unmatched brace", "."),
        InvalidField(["path": "videos/{job}"], "path", "{job} has no value", "{id}"),
        InvalidField(["path": "videos"], "path", "has no placeholder {id}", "Add {id}"),
        InvalidField(["path": "a video/{id}"], "path", "invalid in a URL", "."),
        InvalidField(["id": ["form": "{kind}/{task}"]], "path", "{id} has no value", "{kind}, {task}"),
        InvalidField(
            ["id": ["form": "{kind}/{task}"], "path": "videos/{task}"],
            "path",
            "no placeholder {kind}",
            "{kind}"
        ),
        InvalidField(["id": ["form": "task"]], "id.form", "has no placeholder", "{workflow}/{run}"),
        InvalidField(["id": ["form": "{kind}/{id}"]], "id.form", "the whole id", "Rename"),
        InvalidField(
            ["id": ["type": "integer", "form": "{a}/{b}"]],
            "id.form",
            "only to ids of type text",
            "Remove it"
        ),
        InvalidField(["id": ["type": "url"]], "path", "an id that is a URL", "Remove it"),
        InvalidField(["headers": ["X Version": "2"]], "headers.X Version", "not the name of a header", "hyphens"),
        InvalidField(["headers": ["X-A": "1", "x-a": "2"]], "headers.x-a", "in another case", "one of the two"),
        InvalidField(["headers": ["Host": "example.com"]], "headers.Host", "is set by the client", "Remove it"),
        InvalidField(
            ["headers": ["X-Version": "2\r\nX-Other: 3"]],
            "headers.X-Version",
            "invalid in a header",
            "one line"
        ),
        InvalidField(
            ["headers": ["authorization": "Bearer sk-1"]],
            "headers.authorization",
            "is the header for the key",
            "credentials"
        ),
        InvalidField(["key": "sk-1"], "key", "a manifest contains no key", "\"none\""),
        InvalidField(["key": 1], "key", "is a number", "\"none\""),
        InvalidField(["key": [:]], "key", "has no location", "header, query and body"),
        InvalidField(["key": ["header": "X-Key", "query": "key"]], "key", "more than one location", "one of"),
        InvalidField(["key": ["header": "X Key"]], "key.header", "not the name of a header", "X-Key"),
        InvalidField(["key": ["header": "X-Key", "prefix": "Bearer\n"]], "key.prefix", "invalid in a header", "ASCII"),
        InvalidField(
            ["key": ["query": "key", "prefix": "Bearer "]],
            "key.prefix",
            "applies only to a header",
            "Remove it"
        ),
        InvalidField(["key": ["heder": "X-Key"]], "key.heder", "is not a field", "Did you mean header?"),
        InvalidField(["key": ["body": "key"]], "key", "the body of a GET", "POST"),
        InvalidField(["body": ["task": "{id}"]], "body", "the body of a GET", "POST"),
        InvalidField(["method": "POST", "body": "{id}"], "body", "should be an object", "Write an object"),
        InvalidField(
            ["method": "POST", "body": ["task": ["a", "{job}"]]],
            "body.task[1]",
            "{job} has no value",
            "{id}"
        ),
        InvalidField(
            ["method": "POST", "body": ["task": "task-{id}"]],
            "body.task",
            "only part of the string",
            "{id}"
        ),
        InvalidField(
            ["method": "POST", "key": ["body": "key"], "body": ["key": "sk-1"]],
            "body",
            "the member for the key",
            "Remove"
        ),
    ]
}
