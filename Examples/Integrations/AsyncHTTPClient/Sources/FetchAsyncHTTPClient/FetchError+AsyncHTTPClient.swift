import AsyncHTTPClient
import FetchCore
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension FetchError {
    /// The meaning of an error of AsyncHTTPClient or of SwiftNIO.
    ///
    /// Of the request, only scheme, host and port are told. The errors' own descriptions aren't: `invalidHeaderFieldValues` has the key in it.
    ///
    /// - Parameter limit: The largest size of a decompressed body.
    init(_ error: any Error, for request: FetchRequest, limit: Int) {
        let server = (try? Origin(of: request.url))?.description ?? "the server"
        switch error {
        case let error as HTTPClientError: self.init(error, server)
        case is NIOHTTPDecompression.DecompressionError where error.isAboutSize:
            self.init(
                .responseTooLarge,
                "the response is larger than the limit of \(limit) bytes once it is decompressed",
                remedy: "Raise the transport's decompressedLimit if such responses are expected."
            )
        case let error where error.isAboutCertificate:
            self.init(
                .untrustedServer,
                "\(server) isn't trusted: its certificate isn't valid for it",
                remedy: "Check the URL, this machine's clock and its root certificates."
            )
        case is NIOSSLError, is BoringSSLError:
            self.init(.connectionFailed, "there is no TLS connection to \(server)")
        case is NIOConnectionError, ChannelError.connectTimeout:
            self.init(.connectionFailed, "\(server) can't be reached, or refused the connection")
        case is ChannelError: self.init(.connectionFailed, "the connection to \(server) was lost")
        case let error as IOError:
            self.init(.connectionFailed, "the connection to \(server) was lost (errno \(error.errnoCode))")
        case is HTTPParserError, is NIOHTTPDecompression.DecompressionError,
            is NIOHTTPDecompression.ExtraDecompressionError:
            self.init(.connectionFailed, "\(server) gave no proper HTTP response")
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
                "no connection to \(server) was free in time",
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
    /// Whether the request can't be sent as it is. These cases hold parts of it.
    fileprivate var isAboutRequest: Bool {
        ["Invalid header field names", "Invalid header field values", "Unsupported scheme"].contains(shortDescription)
    }
}

extension Error {
    /// Whether decompression ended at its limit, and not at broken bytes.
    fileprivate var isAboutSize: Bool {
        guard let error = self as? NIOHTTPDecompression.DecompressionError else { return false }
        if case .limit = error { return true }
        return false
    }

    /// Whether a certificate was refused, and not a handshake lost for another reason.
    fileprivate var isAboutCertificate: Bool {
        switch self as any Error {
        case NIOSSLError.handshakeFailed(let reason): "\(reason)".contains("CERTIFICATE_VERIFY_FAILED")
        case let error as NIOSSLExtraError: error == .failedToValidateHostname
        default: false
        }
    }
}
