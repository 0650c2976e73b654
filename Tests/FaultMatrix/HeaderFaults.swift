import FetchCore
import FetchTesting
import Foundation

/// Header fields with invalid values, or with instructions that the client must not follow.
package enum HeaderFaults {
    package static let rows = hints + challenges + redirects + repeated + latin1 + [browserChallenge, thousandFields]

    private static let hints = [
        "0", "-1", "1000000000", "1e308", "nan", "inf", "soon", "", "9".repeated(400), "Sun, 06 Nov 1994 08:49:37 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 99 Foo 2024 99:99:99 GMT",
    ]
    .flatMap { hint in
        [
            (200, FaultCase.Outcome.pending), (429, .retryable(.rateLimited)), (503, .retryable(.serverError)),
        ].map { status, fetch in
            FaultCase(
                "\(status) with a Retry-After of \(hint.prefix(30))",
                .json(#"{"status":"processing"}"#, status: status, headers: ["Retry-After": hint]),
                fetch: fetch,
                updates: .done,
                requests: 2
            )
        }
    }

    private static let challenges = [
        (401, "WWW-Authenticate", "Basic realm=\"x\""),
        (401, "WWW-Authenticate", "Digest realm=\"x\", nonce=\"y\", qop=\"auth\""),
        (401, "WWW-Authenticate", "Negotiate"), (401, "WWW-Authenticate", "NTLM"),
        (401, "WWW-Authenticate", "Unknown scheme"),
        (401, "WWW-Authenticate", ""), (407, "Proxy-Authenticate", "Basic realm=\"x\""),
    ].map { status, field, challenge in
        let code: FetchError.Code = status == 401 ? .unauthorized : .badRequest
        return FaultCase(
            "\(status) with a challenge of \(challenge)",
            .json(#"{"status":"error"}"#, status: status, headers: [field: challenge]),
            fetch: .permanent(code),
            updates: .permanent(code),
            requests: 1
        )
    }

    private static let redirects = [301, 302, 303, 307, 308].flatMap { status in
        [
            "\(OtherOrigin.url)probe/a1", "/probe/a1", "a1", "//127.0.0.1:1/", "https://127.0.0.1:1/",
            "file:///etc/passwd", "javascript:0", "http://", "::", "",
        ]
        .map { location in
            FaultCase(
                "\(status) to \(location.replacing(OtherOrigin.url, with: "another origin/"))",
                .json(#"{"status":"done"}"#, status: status, headers: ["Location": location]),
                fetch: .permanent(.redirected),
                updates: .permanent(.redirected),
                requests: 1
            )
        }
    }

    private static let repeated = [
        ("two fields with the same name", ["X-Job": "1", "X-Job": "2"]),
        ("two hints", ["Retry-After": "soon", "Retry-After": "0"]),
        ("cookies", ["Set-Cookie": "a=b; Path=/", "Set-Cookie": "c=d; Domain=example.com"]),
        ("a refresh", ["Refresh": "0; url=\(OtherOrigin.url)"]),
        ("an alternative location", ["Alt-Svc": "h2=\":1\"", "Content-Location": OtherOrigin.url]),
        ("an upgrade offer to HTTP/2", ["Upgrade": "h2c", "Connection": "Upgrade"]),
    ].map { (name: String, headers: HeaderFields) in
        FaultCase(
            name,
            .json(#"{"status":"processing"}"#, headers: headers),
            fetch: .pending,
            updates: .done,
            requests: 2
        )
    }

    /// A byte that isn't UTF-8. URLSession on Linux can't read such a head.
    private static let latin1 = [
        ("a field in Latin-1", "OK", "X-Name: caf\u{E9}"), ("a reason in Latin-1", "caf\u{E9}", "X-Name: cafe"),
    ].map { name, reason, field in
        let body = #"{"status":"processing"}"#
        let lines = [
            "HTTP/1.1 200 \(reason)", field, "Content-Type: application/json", "Content-Length: \(body.utf8.count)",
            "Connection: close", "", body,
        ]
        return FaultCase(
            name,
            .bytes(lines.joined(separator: "\r\n").unicodeScalars.map { UInt8($0.value) }),
            fetch: .pending,
            updates: .done,
            requests: 2
        ).over(.urlSession, fetch: .retryable(.connectionFailed))
    }

    private static let browserChallenge = FaultCase(
        "403 with a challenge for browsers",
        .response(
            FetchResponse(
                status: 403,
                headers: ["Content-Type": "text/html", "cf-mitigated": "challenge"],
                body: Data("<!doctype html><title>Just a moment</title>".utf8)
            )
        ),
        fetch: .retryable(.intercepted),
        updates: .done,
        requests: 2
    )

    /// With the fields that the server adds, this exceeds the limits of the curl transport and AsyncHTTPClient.
    private static let thousandFields = FaultCase(
        "a thousand fields",
        .json(#"{"status":"processing"}"#, headers: HeaderFields((0..<1_000).map { ("X-\($0)", "y") })),
        fetch: .pending,
        updates: .done,
        requests: 2
    ).over(.curl, .asyncHTTPClient, fetch: .retryable(.connectionFailed))
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}

extension HeaderFields {
    fileprivate init(_ fields: [(String, String)]) {
        self.init()
        for (name, value) in fields { append(name: name, value: value) }
    }
}
