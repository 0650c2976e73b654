public import FetchCore
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Carries requests with libcurl: the transport for Linux, and one for macOS.
///
/// ```swift
/// let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)
/// ```
///
/// libcurl is loaded when the first transport is created (`libcurl.so.4`, from version 7.68 on). Nothing of it is needed to build.
///
/// - An event loop in a thread of its own carries all requests of a transport; names are resolved in further threads. No thread of
///   Swift's pool is blocked, and a server or name server that doesn't respond keeps no request to another host waiting.
/// - Connections are kept and used again, over HTTP/2 for many requests at once where the server offers it. A kept connection that
///   turns out to be closed is replaced once, if nothing of a response has come. After a timeout, a broken response, or bytes
///   that no request has asked for, a connection isn't used again.
/// - TLS is version 1.2 or later. An invalid certificate is `FetchError.Code.untrustedServer`, which is final, and the
///   message states the cause; any other failure of a handshake is `connectionFailed`. Certificate authorities are those of
///   ``Configuration/certificateAuthorities``, else of `CURL_CA_BUNDLE`, else of `SSL_CERT_FILE`, else the system's.
/// - gzip, deflate, br and zstd are undone as far as the library has them. Limits count decompressed bytes.
/// - Heads, parts of a body, and the time spent on one response are limited (``Configuration``): a hostile server loses its
///   connection. It delays deadlines and timeouts of others by at most a tenth of a second, and their requests by a few tenths.
/// - https goes through the environment's `https_proxy` or `all_proxy` (in small letters or capitals; http and socks proxies), unless
///   `no_proxy` names the host. Plain http through a proxy (`http_proxy`, `all_proxy`) is refused with `FetchError.Code.refusedURL`,
///   since the proxy would see the key. The environment is read when the transport is created.
/// - A redirect is returned as the response that it is. No cookie, cache or credential is kept or sent.
/// - No error holds a URL's path or query, a header field or a part of a body.
///
/// Cancelling ends `send` at once with `CancellationError`, and closes the connection, or the request's stream of HTTP/2. A
/// request's timeout counts from the call of `send`.
///
/// **How far a late response is kept from the next request.** A connection of HTTP/1 on which bytes arrive while no request
/// uses it is closed at once. Bytes that arrive in the moment in which the next request is written can't be told from its response by
/// anyone; HTTP/2 numbers its responses and doesn't have the problem.
///
/// A transport can be used from any number of tasks. It doesn't survive a fork of the process: the child has to create another one,
/// and `send` says so. (A forked process has one thread, in which no task makes progress, until it executes a program.)
public final class CurlTransport: FetchTransport {
    private static let sharedResult = Result { () throws(FetchError) in try CurlTransport() }

    private let mailbox: LoopMailbox
    private let targets: TargetCache
    private let generation = ForkGeneration.current

    /// Creates a transport with connections of its own, which are closed when it is released or shut down.
    ///
    /// - Throws: `FetchError` with the code `transportUnavailable` if libcurl is missing, too old or built without TLS, or if the
    ///   file of certificate authorities can't be read.
    public convenience init(_ configuration: Configuration = Configuration()) throws(FetchError) {
        try self.init(configuration, environment: Self.environment, resolve: SystemResolver.addresses)
    }

    /// Creates a transport whose surroundings are stated, for tests.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - libraries: Names of libcurl to try; `nil` for the system's.
    ///   - environment: Returns the value of an environment variable.
    ///   - resolve: Returns the numeric addresses of a name, and blocks meanwhile.
    package init(
        _ configuration: Configuration = Configuration(),
        libraries: [String]? = nil,
        environment: (String) -> String? = CurlTransport.environment,
        resolve: @escaping @Sendable (String) throws -> [String]
    ) throws(FetchError) {
        let library =
            if let libraries { try CurlLibrary(names: libraries) } else { try CurlLibrary.system.get() }
        var configuration = configuration
        try configuration.findCertificateAuthorities(in: environment)
        let mailbox = try LoopMailbox()
        let resolver = HostResolver(resolve)
        let functions = library.functions
        let hasThread = BackgroundThread.start { [configuration] in
            CurlSession(functions, configuration, mailbox: mailbox, resolver: resolver).run()
            for case .start(let transfer) in mailbox.close() {
                transfer.finish(throwing: CurlFailure.shutDown(transfer))
            }
        }
        guard hasThread else {
            throw FetchError(.transportUnavailable, "the system gave the transport no thread")
        }
        self.mailbox = mailbox
        targets = TargetCache(proxies: ProxyEnvironment(environment))
    }

    deinit {
        // After a fork, the mailbox's pipe is the parent's as well.
        if generation == ForkGeneration.current { mailbox.post(.stop) }
    }

    /// True: `send` ends by itself when the request's time is over.
    public var enforcesTimeout: Bool { true }

    /// Sends a request and returns the response.
    ///
    /// - Throws: `FetchError`; `CancellationError` as soon as the task is cancelled.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        let transfer = CurlTransfer(try checked(request), to: try targets.target(of: request.url))
        let ring = Alarm.continuous.ring(after: request.timeout) { [mailbox] in
            guard transfer.finish(throwing: Self.timeout(of: transfer)) else { return }
            mailbox.post(.abandon(transfer, timedOut: true))
        }
        defer { Alarm.continuous.cancel(ring) }
        let response = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard transfer.begin(continuation) else { return }
                if !mailbox.post(.start(transfer)) { transfer.finish(throwing: CurlFailure.shutDown(transfer)) }
            }
        } onCancel: {
            transfer.finish(throwing: CancellationError())
            mailbox.post(.abandon(transfer, timedOut: false))
        }
        return FetchResponse(response)
    }

    /// Ends all requests with an error, closes all connections and ends the transport's threads.
    ///
    /// Returns when the event loop has ended. A thread that waits for a name server goes on until the system gives up.
    /// Requests that are sent later fail with `connectionFailed`, which isn't retryable. The one that `.curl` stands for can't be
    /// had again: only the application itself should shut it down, as the last thing that it does.
    public func shutdown() async {
        guard generation == ForkGeneration.current else { return }
        await mailbox.stop()
    }

    private static func timeout(of transfer: CurlTransfer) -> FetchError {
        FetchError(.requestTimeout, "\(transfer.target.origin) didn't respond in time")
    }

    /// Refuses what would be sent as something else.
    private func checked(_ request: FetchRequest) throws(FetchError) -> FetchRequest {
        guard generation == ForkGeneration.current else {
            throw FetchError(
                .transportUnavailable,
                "the process was forked after the transport had been created",
                remedy: "Create one with CurlTransport() in the forked process; .curl remains the parent's."
            )
        }
        for field in request.headers.fields {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ":") })
            else {
                throw FetchError(.malformedEndpoint, "a header field has a name that can't be sent")
            }
            guard !field.value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
                throw FetchError(.malformedEndpoint, "the header field \(field.name) holds a newline or NUL")
            }
        }
        return request
    }

    private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

extension CurlTransport: CustomStringConvertible, CustomReflectable {
    /// `CurlTransport`, and nothing of the requests that are on their way.
    public var description: String { "CurlTransport" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}

extension FetchTransport where Self == CurlTransport {
    /// libcurl, with connections that all clients of the process share.
    ///
    /// - Throws: `FetchError` with the code `transportUnavailable` if libcurl is missing, too old or built without TLS.
    public static var curl: CurlTransport {
        get throws(FetchError) { try CurlTransport.shared }
    }
}

extension CurlTransport {
    fileprivate static var shared: CurlTransport {
        get throws(FetchError) { try sharedResult.get() }
    }
}

extension CurlTransport.Configuration {
    /// Takes the file of certificate authorities from the environment, if none is set, and checks that it can be read.
    fileprivate mutating func findCertificateAuthorities(in environment: (String) -> String?) throws(FetchError) {
        let named = ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].lazy.compactMap(environment).first { !$0.isEmpty }
        certificateAuthorities = certificateAuthorities ?? named
        guard let file = certificateAuthorities else { return }
        var status = stat()
        let isDirectory = stat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        guard access(file, R_OK) != 0 || isDirectory else { return }
        throw FetchError(
            .transportUnavailable,
            isDirectory
                ? "\(file) is a directory and no file of certificate authorities"
                : "the file of certificate authorities \(file) can't be read",
            remedy: "Check CURL_CA_BUNDLE, SSL_CERT_FILE or the transport's certificateAuthorities."
        )
    }
}
