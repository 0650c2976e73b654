#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// Responses as ModelsLab's documentation describes them.
struct DocumentedResponses: SimulatedResponses {
    var baseURL: URL

    var unknownPath: FetchResponse { error(404, "Not found") }
    var wrongMethod: FetchResponse { error(405, "Method not allowed") }
    var missingKey: FetchResponse { error(401, "Missing API key") }
    var wrongKey: FetchResponse { error(401, "Invalid API key") }

    func malformedID(in route: SimulatedRoute) -> FetchResponse? {
        guard !route.isEnterprise, ["faceswap", "video"].contains(route.family), Int64(route.id) == nil else {
            return nil
        }
        return error(400, "The id must be an integer.")
    }

    func unknownID(in route: SimulatedRoute) -> FetchResponse {
        // The documentation of face swaps has no 404.
        error(route.family == "faceswap" && !route.isEnterprise ? 400 : 404, "Request not found")
    }

    func rateLimited(index: Int, retryAfter: Duration) -> FetchResponse {
        .json(
            [
                "status": "error",
                "message": "Rate limit exceeded. Maximum 5 queued requests allowed.",
                "retry_after": .integer(retryAfter.wholeSeconds),
            ],
            status: 429
        )
    }

    func serverError(index: Int) -> FetchResponse { error(500, "Internal server error") }

    func pending(_ job: SimulatedJob) -> FetchResponse {
        var fields: [String: JSONValue] = ["status": "processing", "id": job.number, "output": []]
        // The enterprise schema has only these three fields.
        guard job.job.family != "face_gen" else { return .json(fields) }
        fields["message"] = "Try to fetch request after seconds estimated"
        fields["tip"] = "Your request is processing in background."
        fields["fetch_result"] = .string(job.fetchResult(at: baseURL))
        fields["meta"] = meta(of: job)
        fields["future_links"] = .links(job.outputs)
        if let remaining = job.remaining { fields["eta"] = .integer(remaining.wholeSeconds) }
        return .json(fields)
    }

    func done(_ job: SimulatedJob) -> FetchResponse {
        if case .failed(let message) = job.job.ending { return error(200, message) }
        var fields: [String: JSONValue] = [
            "status": "success",
            "id": job.number,
            "output": .links(job.outputs),
        ]
        switch job.job.family {
        case "face_gen":
            break
        case "deepfake":
            fields["tip"] = "Get 20x faster image generation using enterprise plan."
            fields["proxy_links"] = .null
        default:
            fields["generationTime"] = .number(job.job.duration.seconds)
            fields["proxy_links"] = .links(job.proxies)
            fields["meta"] = meta(of: job)
        }
        return .json(fields)
    }

    private func error(_ status: Int, _ message: String) -> FetchResponse {
        .json(["status": "error", "message": .string(message)], status: status)
    }

    private func meta(of job: SimulatedJob) -> JSONValue {
        guard job.job.family == "faceswap" else {
            return ["prompt": "a lighthouse in a storm", "seed": 1_234_567, "temp": "no"]
        }
        return [
            "init_image": "https://example.com/init.png",
            "target_image": "https://example.com/target.png",
            "reference_image": "https://example.com/reference.png",
            "seed": 1_234_567,
            "temp": "no",
            "file_prefix": .string("swap-\(job.job.id)"),
            "model_save_format": "safetensors",
            "watermark": "no",
            "watermark_image": .null,
        ]
    }
}
