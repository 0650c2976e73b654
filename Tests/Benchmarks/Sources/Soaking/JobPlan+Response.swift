import FetchCore
import FetchTesting

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Responses without faults, as ModelsLab sends them.
extension JobPlan {
    /// Returns the response to the job's nth request, counted from 1.
    func response(at request: Int) -> FetchResponse {
        guard hasEnded(at: request) else { return json(pending(request)) }
        switch ending {
        case .output: return json(output)
        case .failure: return json(failure)
        case .unknown:
            return json(#"{"status":"failed","message":"Request not found"}"#, status: [200, 404][number % 2])
        case .refusal: return rejection
        case .endless: return json(pending(request))
        }
    }

    private func json(_ body: String, status: Int = 200) -> FetchResponse {
        FetchResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
    }

    private func pending(_ request: Int) -> String {
        switch family {
        case .video, .faceSwap, .deepfake, .faceGen:
            request.isMultiple(of: 2)
                ? #"{"status":"processing","message":"Try Again","output":""}"#
                : #"{"status":"processing","eta":"0.05","id":\#(number),"output":[],"future_links":["\#(link)"]}"#
        case .fineTune: #"{"status":"success","messege":"deploying_gpu","data":"request \#(request)"}"#
        case .workflow:
            #"{"status":"success","execution":{"status":"running"},"steps":[{"name":"a","status":"running"}]}"#
        }
    }

    private var output: String {
        switch (family, number / Family.allCases.count % 3) {
        case (.fineTune, _): #"{"status":"success","messege":"model_ready","data":"\#(marker)"}"#
        case (.workflow, _):
            #"{"status":"success","execution":{"status":"completed","execution_time":1.5},"output":{"output":["\#(link)"]}}"#
        case (_, 0):
            #"{"status":"success","id":\#(number),"generationTime":1.5,"output":["\#(link)"],"meta":{"seed":7}}"#
        case (_, 1): #"{"status":"success","id":"\#(number)","output":"\#(link)","proxy_links":["\#(link)"]}"#
        default: #"{"status":"success","id":\#(number),"output":"","links":["\#(link)"]}"#
        }
    }

    private var failure: String {
        switch family {
        case .video, .faceSwap, .deepfake, .faceGen:
            #"{"status":"failed","id":\#(number),"message":"no face in \#(marker)"}"#
        case .fineTune: #"{"status":"success","messege":"training_failed","data":"no face in \#(marker)"}"#
        case .workflow: #"{"status":"success","execution":{"status":"failed"},"error":"no face in \#(marker)"}"#
        }
    }

    private var rejection: FetchResponse {
        switch rejectionCode {
        case .badRequest: json(#"{"status":"error","code":"validation_error","message":"bad \#(marker)"}"#, status: 422)
        case .forbidden:
            json(#"{"status":"error","code":"forbidden","message":"access denied: \#(marker)"}"#, status: 403)
        default: json(#"{"status":"error","code":"insufficient_balance","message":"balance too low for \#(marker)"}"#)
        }
    }

    /// The error code that the client derives from the rejection.
    var rejectionCode: FetchError.Code {
        [.badRequest, .forbidden, .paymentRequired][number / Family.allCases.count % 3]
    }
}
