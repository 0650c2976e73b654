import Foundation
import LoadFunctions

/// One of libcurl's easy handles, and the response body that it receives.
final class CurlLoopTransfer {
    let easy: UnsafeMutableRawPointer
    private(set) var start = ContinuousClock.now
    private var body = Data()

    init(headers: UnsafeMutableRawPointer?) throws {
        guard let easy = load_curl_easy_init() else { throw LoadFailure("curl_easy_init failed") }
        self.easy = easy
        // The handle is freed with this object, so the reference needs no count.
        let context = Unmanaged.passUnretained(self).toOpaque()
        load_curl_easy_set_integer(easy, LOAD_CURLOPT_NOSIGNAL, 1)
        load_curl_easy_set_integer(easy, LOAD_CURLOPT_TIMEOUT_MS, 30_000)
        load_curl_easy_set_pointer(easy, LOAD_CURLOPT_HTTPHEADER, headers)
        load_curl_easy_set_pointer(easy, LOAD_CURLOPT_PRIVATE, context)
        load_curl_easy_set_integer(easy, LOAD_CURLOPT_POSTFIELDSIZE, PollRequest.body.utf8.count)
        load_curl_easy_set_string(easy, LOAD_CURLOPT_COPYPOSTFIELDS, PollRequest.body)
        load_curl_easy_set_receive(
            easy,
            { bytes, _, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<CurlLoopTransfer>.fromOpaque(context).takeUnretainedValue()
                transfer.body.append(UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: count)
                return count
            },
            context
        )
    }

    deinit { load_curl_easy_cleanup(easy) }

    /// The transfer of a handle.
    static func of(_ easy: UnsafeMutableRawPointer) -> CurlLoopTransfer {
        // Every handle has been given its transfer when it was made.
        Unmanaged<CurlLoopTransfer>.fromOpaque(load_curl_easy_private(easy)!).takeUnretainedValue()
    }

    /// Sets what differs from request to request.
    func prepare(_ url: String) {
        start = .now
        body.removeAll(keepingCapacity: true)
        load_curl_easy_set_string(easy, LOAD_CURLOPT_URL, url)
    }

    /// Throws if the transfer failed or its response isn't the expected one.
    func check(_ result: Int32) throws {
        guard result == 0 else { throw LoadFailure(String(cString: load_curl_error(result))) }
        try PollDecoding.check(body, status: Int(load_curl_easy_status(easy)))
    }
}
