public import FetchCore
import Synchronization
import SystemLibrary

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A transport that sends requests with libcurl, for Linux and macOS.
///
/// ```swift
/// let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)
/// ```
///
/// libcurl 7.68 or later (`libcurl.so.4`) is loaded when the first transport is created. Building needs no part of it.
///
/// - Each transport runs all requests on an event loop in its own thread and resolves names in further threads. It
///   blocks no thread of Swift's pool. A server or name server that doesn't respond doesn't delay requests to other
///   hosts.
/// - Connections are reused. If the server supports HTTP/2, one connection carries many requests at once. If the server
///   has closed a reused connection before the response began, the request is sent once more over a new connection. A
///   connection isn't reused after a timeout, an invalid response or unsolicited bytes.
/// - TLS is version 1.2 or later. An invalid certificate is `FetchError.Code.untrustedServer`, which isn't retryable,
///   and the message states the cause. Any other handshake failure is `connectionFailed`. The certificate authorities
///   are those of ``Configuration/certificateAuthorities``, else of `CURL_CA_BUNDLE`, else of `SSL_CERT_FILE`, else the
///   system's.
/// - gzip, deflate, br and zstd are decoded if libcurl supports them. Limits count decompressed bytes.
/// - The size of the head, the number of body parts and the processor time of a response are limited (see
///   ``Configuration``). A connection that exceeds a limit is closed. A hostile server delays the deadlines and
///   timeouts of other requests by at most a tenth of a second, and their responses by a few tenths.
/// - https requests use the proxy in the environment variable `https_proxy` or `all_proxy` (lower or upper case; http
///   and socks proxies), unless `no_proxy` names the host. Plain http through a proxy (`http_proxy`, `all_proxy`) is
///   refused with `FetchError.Code.refusedURL`, since the proxy would see the key. The environment is read when the
///   transport is created.
/// - Redirects are returned, not followed. No cookie, cache entry or credential is stored or sent.
/// - No error contains a URL's path or query, a header field or a part of a body.
///
/// Cancelling the task ends `send` at once with `CancellationError`, and closes the HTTP/1 connection or the HTTP/2
/// stream. A request's timeout counts from the call of `send`.
///
/// **Late responses.** An HTTP/1 connection that receives bytes while it carries no request is closed at once. Bytes
/// that arrive while the next request is being written can't be distinguished from its response. HTTP/2 numbers its
/// streams and doesn't have this problem.
///
/// A transport can be used from any number of tasks. It doesn't survive a fork of the process: `send` throws
/// `transportUnavailable` in the child, which has to create its own transport. (Until it executes a program, a forked
/// process has only one thread, in which no task makes progress.)
public final class CurlTransport: FetchTransport {
    private static let sharedResult = Result { () throws(FetchError) in try CurlTransport() }

    let mailbox: LoopMailbox
    let targets: TargetCache
    private let generation = ForkGeneration.current

    /// Creates a transport with its own connections, which are closed when it is released or shut down.
    ///
    /// - Parameter configuration: The settings. Out-of-range values are clamped.
    /// - Throws: `FetchError` with the code `transportUnavailable` if libcurl is missing, too old or built without TLS,
    ///   or if the file with the certificate authorities can't be read.
    public convenience init(_ configuration: Configuration = Configuration()) throws(FetchError) {
        // libcurl's name cache doesn't accept scoped addresses.
        try self.init(configuration, environment: Self.environment) { try SystemResolver.addresses(of: $0) }
    }

    /// Creates a transport with a given library, environment and resolver, for tests.
    ///
    /// - Parameters:
    ///   - configuration: The settings. Out-of-range values are clamped.
    ///   - libraries: The file names of libcurl to try, in order; `nil` for the system's library.
    ///   - environment: Returns the value of an environment variable.
    ///   - resolve: Returns the numeric addresses of a name. It may block its thread.
    /// - Throws: `FetchError` with the code `transportUnavailable`.
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
            throw FetchError(.transportUnavailable, "the transport can't create a thread")
        }
        self.mailbox = mailbox
        targets = TargetCache(proxies: ProxyEnvironment(environment))
    }

    deinit {
        // After a fork, parent and child share the mailbox's pipe.
        if generation == ForkGeneration.current { mailbox.post(.stop) }
    }

    /// True if the transport resolves all names itself, and connects only to addresses that the policy allows.
    ///
    /// It is false if https requests go through a proxy that resolves names, that is any but a `socks4` or `socks5`
    /// proxy. Of a request through that proxy, only the host in the URL is checked. Requests to hosts that `no_proxy`
    /// names are still checked completely.
    public var enforcesAddressPolicy: Bool { !targets.proxies.hasResolvingProxy }

    /// Always true: `send` ends by itself at the request's timeout.
    public var enforcesTimeout: Bool { true }

    /// Sends a request and returns its response, whatever the status.
    ///
    /// - Parameter request: The request. Its timeout counts from this call.
    /// - Returns: The response with its complete, decompressed body.
    /// - Throws: `FetchError` if there is no complete response; `CancellationError` as soon as the task is cancelled.
    public func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        try check(request)
        let url = request.url.absoluteString
        let transfer = CurlTransfer(request, url: url, to: try targets.target(of: request.url, url))
        let timer = SharedTimer.continuous.schedule(after: request.timeout) { [mailbox] in
            guard transfer.finish(throwing: Self.timeout(of: transfer)) else { return }
            mailbox.post(.abandon(transfer, timedOut: true))
        }
        defer { SharedTimer.continuous.cancel(timer) }
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

    /// Fails all requests, closes all connections and ends the transport's threads.
    ///
    /// Returns when the event loop has ended. A thread that waits for a name server ends when the system's own timeout
    /// expires. Later requests fail with a `connectionFailed` error that isn't retryable. The shared transport
    /// `FetchTransport.curl` can't be created again after its shutdown, so only an application that is about to exit
    /// should shut it down.
    public func shutdown() async {
        guard generation == ForkGeneration.current else { return }
        await mailbox.stop()
    }

    static func timeout(of transfer: CurlTransfer) -> FetchError {
        FetchError(.requestTimeout, "\(transfer.target.origin) didn't respond in time")
    }

    /// Throws if libcurl would change or refuse the request's header fields, if the request's address policy refuses
    /// its host, or if the process was forked.
    func check(_ request: FetchRequest) throws(FetchError) {
        guard generation == ForkGeneration.current else {
            throw FetchError(
                .transportUnavailable,
                "the process was forked after the transport had been created",
                remedy: "Create a transport with CurlTransport() in the forked process. .curl belongs to the parent."
            )
        }
        try request.addressPolicy.check(request.url)
        for field in request.headers.fields {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ":") })
            else {
                throw FetchError(.malformedEndpoint, "a header field has an invalid name")
            }
            guard !HeaderSyntax.endsField(field.value) else {
                throw FetchError(.malformedEndpoint, "the header field \(field.name) contains a newline or NUL")
            }
        }
    }

    private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

extension CurlTransport: CustomStringConvertible, CustomReflectable {
    /// The type's name. It reveals nothing about the requests in flight.
    public var description: String { "CurlTransport" }

    /// A mirror without children, so that `dump` reveals no request.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}

extension FetchTransport where Self == CurlTransport {
    /// The libcurl transport with default settings that all clients of the process share.
    ///
    /// It is created on first use. If that fails, every later use throws the same error.
    ///
    /// - Throws: `FetchError` with the code `transportUnavailable` if libcurl is missing, too old or built without TLS,
    ///   or if the file with the certificate authorities can't be read.
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
    /// Sets the certificate authorities from the environment, if they aren't set, and checks that the file is readable.
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
                ? "\(file) is a directory, not a file of certificate authorities"
                : "the certificate authorities file \(file) can't be read",
            remedy: "Check CURL_CA_BUNDLE, SSL_CERT_FILE or the transport's certificateAuthorities."
        )
    }
}
