import FetchCore
import FetchDownload

/// Redirects over sockets. The server has the names `127.0.0.1` and `localhost`.
enum Redirects {
    private static let bytes = SampleFiles.png

    private static func redirect(_ location: String, status: String = "302 Found") -> WireResponse {
        .status(status, "Location: \(location)", body: "<a>elsewhere</a>")
    }

    /// A server that redirects `/a.png` to a location, in which `HOST` is its host and port.
    private static func first(
        _ name: String,
        _ expectation: DownloadCase.Expectation,
        requests: Int,
        _ location: String
    )
        -> DownloadCase
    {
        DownloadCase(name, expectation, requests: requests) { request, number in
            guard number == 1 else { return .file(bytes) }
            return redirect(location.replacing("HOST", with: request["host"] ?? ""))
        }
    }

    private static let followed: [DownloadCase] =
        [301, 302, 303, 307, 308].map { status in
            DownloadCase("\(status)", .file(bytes), requests: 2) { _, number in
                number == 1 ? redirect("/b", status: "\(status) Redirect") : .file(bytes)
            }
        } + [
            first("a relative location", .file(bytes), requests: 2, "b.png?c=d#e"),
            first("a location without a scheme", .file(bytes), requests: 2, "//HOST/b.png"),
            first("an absolute location", .file(bytes), requests: 2, "http://HOST/b.png"),
            DownloadCase("another host", .file(bytes), requests: 2) { request, number in
                let port = request["host"]?.split(separator: ":").last ?? ""
                return number == 1 ? redirect("http://localhost:\(port)/b.png") : .file(bytes)
            },
            DownloadCase("five redirects", .file(bytes), requests: 6) { _, number in
                number <= 5 ? redirect("/\(number)") : .file(bytes)
            },
            DownloadCase("a transfer that is cut after a redirect", .file(bytes), requests: 4) { request, number in
                switch (request.path, number) {
                case ("/a.png", _): redirect("/b.png")
                case (_, 2): .file(bytes, "ETag: \"v1\"", cutAt: 50)
                default: request.start.map { .rest(bytes, from: $0, "ETag: \"v1\"") } ?? .file(bytes, "ETag: \"v1\"")
                }
            },
        ]

    private static let refused: [DownloadCase] = [
        DownloadCase("a circle", .failure(.redirected), requests: 6) { request, _ in
            redirect(request.path == "/a.png" ? "/b.png" : "/a.png")
        },
        DownloadCase("a redirect to itself", .failure(.redirected), requests: 6) { request, _ in
            redirect(request.path)
        },
        DownloadCase("no location", .failure(.redirected), requests: 1) { _, _ in .status("302 Found") },
        first("an empty location", .failure(.redirected), requests: 1, " "),
        first("a file", .failure(.refusedURL), requests: 1, "file:///etc/passwd"),
        first("another scheme", .failure(.refusedURL), requests: 1, "ftp://HOST/b.png"),
        first("a user name", .failure(.refusedURL), requests: 1, "http://user:password@HOST/b.png"),
        first("a host without an exception for plain http", .failure(.refusedURL), requests: 1, "http://127.0.0.2/b"),
    ]

    /// Redirects to addresses that aren't public, from a server that is allowed by name.
    private static let privateAddresses: [DownloadCase] = [
        "127.0.0.2", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::ffff:127.0.0.1]",
        "0x7f000001", "2130706433", "0.0.0.0", "[fd00:ec2::254]", "100.64.0.1", "metadata.google.internal",
    ]
    .flatMap { host in
        ["http", "https"].map { scheme in
            let redirect = redirect("\(scheme)://\(host)/latest/meta-data")
            return DownloadCase("\(scheme) to \(host)", .failure(.refusedURL), requests: 1) { _, _ in redirect }
                .with { row in
                    row.configuration.addresses = .publicOnly(allowing: ["127.0.0.1"])
                    row.configuration.plainHTTPHosts = ["127.0.0.1", host]
                }
        }
    }

    static let all = followed + refused + privateAddresses
}
