#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// Responses as clients report them. If there are several forms, jobs and requests cycle through them.
struct ReportedResponses: SimulatedResponses {
    var baseURL: URL

    var unknownPath: FetchResponse { .page("<html><head><title>Not Found</title></head></html>", status: 404) }
    var wrongMethod: FetchResponse { .page("<html><head><title>Method Not Allowed</title></head></html>", status: 405) }
    var missingKey: FetchResponse { .json(["status": "error", "messege": "Invalid API Request"]) }
    var wrongKey: FetchResponse {
        .json(["status": "error", "code": "invalid_api_key", "message": "Invalid API key"])
    }

    func malformedID(in route: SimulatedRoute) -> FetchResponse? { nil }

    func unknownID(in route: SimulatedRoute) -> FetchResponse {
        .json(["status": "failed", "id": "", "message": "Request not found", "output": ""])
    }

    func rateLimited(index: Int, retryAfter: Duration) -> FetchResponse {
        var fields: [String: JSONValue] = [
            "status": "error",
            "message": "Rate limit exceeded. Maximum 5 queued requests allowed.",
            "retry_after": .integer(retryAfter.wholeSeconds),
        ]
        guard !index.isMultiple(of: 2) else { return .json(fields, status: 429) }
        fields["code"] = "rate_limited"
        return .json(fields)
    }

    func serverError(index: Int) -> FetchResponse {
        switch index % 3 {
        case 0: .page("<html><head><title>502 Bad Gateway</title></head></html>", status: 502)
        case 1: .page("", status: 503)
        default: .json(["status": "error", "code": "upstream_unavailable", "messege": "Service unavailable"])
        }
    }

    func pending(_ job: SimulatedJob) -> FetchResponse {
        switch job.pendingIndex % 4 {
        case 0: fullPending(job)
        case 1: .json(["status": "processing", "message": "Try Again", "output": ""])
        case 2: .json(["status": "processing", "messege": "Request processing", "id": "", "eta": .null, "output": ""])
        default: .json(["status": "queued", "messege": "try again later.", "output": "", "proxy_links": .null])
        }
    }

    /// Returns a response with all fields. The ETA is the one at submission, as a string or as a fractional number.
    private func fullPending(_ job: SimulatedJob) -> FetchResponse {
        var fields: [String: JSONValue] = [
            "status": "processing",
            "id": identifier(of: job),
            "messege": "Try to fetch request after seconds estimated",
            "fetch_result": .string(job.fetchResult(at: baseURL)),
            "future_links": .links(job.outputs),
            "proxy_links": proxies(of: job),
            "meta": ["prompt": "a lighthouse in a storm"],
            "output": "",
        ]
        if let eta = job.job.eta {
            fields["eta"] = job.jobIndex.isMultiple(of: 2) ? .string("\(eta.seconds)") : .number(eta.seconds + 0.25)
        }
        return .json(fields)
    }

    func done(_ job: SimulatedJob) -> FetchResponse {
        if case .failed(let message) = job.job.ending { return failed(job, message) }
        var fields: [String: JSONValue] = ["status": "success", "id": identifier(of: job)]
        switch field(of: job) {
        case .output:
            fields["output"] = .links(job.outputs)
            fields["proxy_links"] = proxies(of: job)
        case .proxyLinks:
            fields["output"] = ""
            fields["proxy_links"] = .links(job.outputs)
        case .links:
            fields["links"] = .links(job.outputs)
            fields["proxy_links"] = ""
        }
        return .json(fields)
    }

    private func failed(_ job: SimulatedJob, _ message: String) -> FetchResponse {
        if job.jobIndex.isMultiple(of: 2) {
            return .json(["status": "failed", "id": "", "message": .string(message), "output": ""])
        }
        return .json(["status": "error", "code": "provider_error", "messege": .string(message)])
    }

    private func field(of job: SimulatedJob) -> SimulatedModelsLab.Job.OutputField {
        let fields: [SimulatedModelsLab.Job.OutputField] = [.output, .proxyLinks, .links]
        return job.job.outputField ?? fields[job.jobIndex % fields.count]
    }

    private func identifier(of job: SimulatedJob) -> JSONValue {
        job.jobIndex.isMultiple(of: 2) ? job.number : .string(job.job.id)
    }

    private func proxies(of job: SimulatedJob) -> JSONValue {
        let links = job.proxies
        switch job.jobIndex % 5 {
        case 0:
            let members = links.enumerated().map { ("\($0.offset)", JSONValue.string($0.element)) }
            return .object(Dictionary(members) { first, _ in first })
        case 1: return .links(links)
        case 2: return .string(links.first ?? "")
        case 3: return ""
        default: return .null
        }
    }
}
