import FetchTesting
import Foundation

/// A server at another origin, which must not receive any request.
enum OtherOrigin {
    static let script = LoopbackScript([.done])
    private static let server = try? LoopbackServer(playing: script)

    static let url = server?.url.absoluteString.appending("/") ?? ""
}
