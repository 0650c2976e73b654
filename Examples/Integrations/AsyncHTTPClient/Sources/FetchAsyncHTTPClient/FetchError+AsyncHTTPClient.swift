import AsyncHTTPClient
import FetchCore
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension FetchError {
    /// Creates the `FetchError` for an error of AsyncHTTPClient or SwiftNIO.
    ///
    /// The message contains only the scheme, host and port of the request. It doesn't quote the error's description,
    /// since that of `invalidHeaderFieldValues` contains the key.
    ///
    /// - Parameters:
    ///   - error: The error of the request.
    ///   - request: The request that failed.
    ///   - limit: The maximum size of a decompressed body, in bytes.
    init(_ error: any Error, for request: FetchRequest, limit: Int) {
        let server = (try? Origin(of: request.url))?.description ?? "the server"
        switch error {
        case let error as HTTPClientError: self.init(error, server)
        case is NIOHTTPDecompression.DecompressionError where error.isAboutSize:
            self.init(
                .responseTooLarge,
                "the decompressed response is larger than the limit of \(limit) bytes",
                remedy: "Raise the transport's decompressedLimit if such responses are expected."
            )
        case let error where error.isAboutCertificate:
            self.init(
                .untrustedServer,
                "\(server) isn't trusted: its certificate is invalid",
                remedy: "Check the URL, this machine's clock and its root certificates."
            )
        case is NIOSSLError, is BoringSSLError:
            self.init(.connectionFailed, "the TLS connection to \(server) failed")
        case is NIOConnectionError, ChannelError.connectTimeout:
            self.init(.connectionFailed, "\(server) can't be reached or refused the connection")
        case is ChannelError: self.init(.connectionFailed, "the connection to \(server) was lost")
        case let error as IOError:
            self.init(.connectionFailed, "the connection to \(server) was lost (errno \(error.errnoCode))")
        case is HTTPParserError, is NIOHTTPDecompression.DecompressionError,
            is NIOHTTPDecompression.ExtraDecompressionError:
            self.init(.connectionFailed, "\(server) sent an invalid HTTP response")
        default: self.init(.connectionFailed, "the request to \(server) failed (\(type(of: error)))")
        }
    }

    private init(_ error: HTTPClientError, _ server: String) {
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            self.init(.requestTimeout, "\(server) didn't respond in time")
        case .getConnectionFromPoolTimeout:
            self.init(
                .requestTimeout,
                "no connection to \(server) became free in time",
                remedy: "Raise connectionsPerHost, or lower the client's limits."
            )
        case .invalidURL, .emptyHost, .emptyScheme, .traceRequestWithBody:
            self.init(.malformedEndpoint, "AsyncHTTPClient can't send the request to \(server)")
        case let error where error.isAboutRequest:
            self.init(.malformedEndpoint, "AsyncHTTPClient can't send the request to \(server)")
        case .alreadyShutdown:
            self.init(
                .connectionFailed,
                "the transport was shut down",
                remedy: "Shut it down after the client's last request.",
                isRetryable: false
            )
        default:
            self.init(
                .connectionFailed,
                "the connection to \(server) failed: \(error.shortDescription)"
            )
        }
    }
}

extension HTTPClientError {
    /// True if the request is invalid. These cases contain parts of it.
    fileprivate var isAboutRequest: Bool {
        ["Invalid header field names", "Invalid header field values", "Unsupported scheme"].contains(shortDescription)
    }
}

extension Error {
    /// True if decompression reached its limit. False for invalid data.
    fileprivate var isAboutSize: Bool {
        guard let error = self as? NIOHTTPDecompression.DecompressionError else { return false }
        if case .limit = error { return true }
        return false
    }

    /// True if the certificate was rejected. False for other failures of the handshake.
    fileprivate var isAboutCertificate: Bool {
        switch self as any Error {
        case NIOSSLError.handshakeFailed(let reason): "\(reason)".contains("CERTIFICATE_VERIFY_FAILED")
        case let error as NIOSSLExtraError: error == .failedToValidateHostname
        default: false
        }
    }
}
