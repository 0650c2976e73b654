/// Unusual and invalid values that replace the values of a response.
enum OddValues {
    static let numbers = [
        "0", "-0", "1", "-1", "0.1", "1e3", "1E-7", "1e308", "1e309", "-1e999", "1e999", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551616",
        "9007199254740993", "99999999999999999999999999999999999999", "3155760001", "0.000000000000000000001",
        "NaN", "Infinity", "-", "01", "1.", ".5", "0x10", "1_000", "+1", "4e", "123456789012345678901234567890e-20",
    ]

    static let literals: [[UInt8]] = [
        "null", "true", "false", "[]", "{}", "\"\"", "nul", "undefined", "", "[,]", "{,}",
    ]
    .map { Array($0.utf8) }

    /// Invalid JSON strings, as bytes.
    static let invalidStrings: [[UInt8]] = [
        Array(#""\ud800""#.utf8), Array(#""\udc00\ud800""#.utf8), Array(#""\u12""#.utf8), Array(#""\x41""#.utf8),
        Array(#""\"#.utf8), [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0x22, 0xF0, 0x9F, 0x98, 0x22], [0x22, 0x00, 0x22], [0x22, 0x0A, 0x22], [0x22, 0xC0, 0xAF, 0x22],
    ]

    static let strings = [
        "", " ", "\n", "0", "-1", "1e999", "NaN", "inf", "-infinity", "0x1p4", "12.5", "٣", "9223372036854775808",
        "null",
        "http://", "https://[", "https://[::1]:99999/x", "https://a@b/c", "//cdn.example.com/x", "ftp://example.com/x",
        "javascript:alert(1)", "file:///etc/passwd", "HTTPS://EXAMPLE.COM/%ZZ", "https://ex ample.com/a b",
        "https://example.com/a.mp4?X-Sig=%2F&b=c#f", "https://bücher.example/ü.png", "data:image/png;base64,AAAA",
        "data:;base64,", "data:,", "data:text/plain;base64,%%%", "..", "../..", "\u{301}", "a\u{301}", "\u{FEFF}",
        "\u{202E}abc",
        "\u{0}", "\u{7F}", "\u{85}", "👩‍👩‍👧‍👦", "\u{1F1E9}", "ﷺ", "İ", "ß", "\r\n", "Try Again", "try again later",
        "Rate limit exceeded", "Invalid API key", "Request not found", "out of credits", "server error",
        "gs://bucket/object", "s3://bucket/object",
    ]

    /// Status values of many providers, and an unknown one.
    static let statusValues = [
        "success", "SUCCESS", "processing", "queued", "error", "failed", "expired", "cancelled", "canceled", "done",
        "completed", "COMPLETED", "succeed", "Success", "Fail", "Ready", "Pending", "Error", "Content Moderated",
        "Task not found", "IN_QUEUE", "IN_PROGRESS", "SUCCEEDED", "FAILED", "THROTTLED", "in_progress", "dreaming",
        "starting", "succeeded", "aborted", "model_ready", "deploying_gpu", "training_failed", "running", "pending",
        "waiting", "rate_limited", "provider_error", "not_found", "content_policy_violation", "client_cancelled",
        "SAFETY.INPUT.TEXT", "CONTENT_FILTERED", "a new word",
    ]

    static let names = [
        "status", "output", "links", "proxy_links", "future_links", "id", "eta", "message", "messege", "code",
        "error_code", "retry_after", "fetch_result", "meta", "generationTime", "url", "error", "detail", "data", "key",
        "execution", "steps", "progress", "", ".", "a.b", "Status", "status\u{301}", "\u{0}",
    ]

    static let statuses = [
        200, 200, 201, 202, 204, 206, 299, 300, 301, 302, 304, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 418,
        422,
        425, 429, 451, 499, 500, 502, 503, 504, 520, 529, 599, 600, 999, 100, 199, 0, -1, .max, .min,
    ]
}
