import Foundation
import LoadFunctions
import Measuring

/// libcurl's multi interface as a program without FetchKit uses it: one thread, one loop over `curl_multi_perform` and
/// `curl_multi_poll`, and one handle for each request in flight, which is used again with the next URL.
final class CurlLoopClient: LoadClient {
    private let request: PollRequest
    private let multi: UnsafeMutableRawPointer
    private let headers: UnsafeMutableRawPointer?
    /// Transfers that have no request under way.
    private var idle: [CurlLoopTransfer] = []

    init(_ request: PollRequest) throws {
        self.request = request
        if let failure = load_curl() { throw LoadFailure(String(cString: failure)) }
        guard let multi = load_curl_multi_init() else { throw LoadFailure("curl_multi_init failed") }
        self.multi = multi
        load_curl_multi_set_integer(multi, LOAD_CURLMOPT_MAXCONNECTS, 256)
        headers = load_curl_list_append(nil, "Content-Type: application/json")
    }

    deinit {
        idle = []
        load_curl_multi_cleanup(multi)
        load_curl_list_free(headers)
    }

    func sample(_ step: LoadStep) throws -> LoadSample {
        while idle.count < step.inFlight { idle.append(try CurlLoopTransfer(headers: headers)) }
        let active = Array(idle.prefix(step.inFlight))
        let usage = Usage()
        let end = ContinuousClock.now + .seconds(step.seconds)
        var job = Self.firstJob
        for transfer in active {
            begin(transfer, job)
            job += 1
        }
        var latencies: [Double] = []
        var underWay = active.count
        while underWay > 0 {
            load_curl_multi_perform(multi)
            var hasBegun = false
            while case let completion = load_curl_multi_next(multi), let easy = completion.easy {
                let transfer = CurlLoopTransfer.of(easy)
                load_curl_multi_remove(multi, easy)
                try transfer.check(completion.result)
                let now = ContinuousClock.now
                latencies.append((now - transfer.start) / .microseconds(1))
                if now < end {
                    begin(transfer, job)
                    job += 1
                    hasBegun = true
                } else {
                    underWay -= 1
                }
            }
            if !hasBegun, underWay > 0 { load_curl_multi_poll(multi, 1_000) }
        }
        let spent = usage.spent
        return LoadSample(latencies: latencies, spent: spent)
    }

    private func begin(_ transfer: CurlLoopTransfer, _ job: Int64) {
        transfer.prepare(request.url(of: job))
        load_curl_multi_add(multi, transfer.easy)
    }
}
