import FetchCore
import FetchTesting

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// The truth about a job, as ModelsLab would tell it.
extension Fate {
    /// The true answer to the first, second, … request.
    func answer(at request: Int) -> FetchResponse {
        guard isOver(at: request) else { return json(pending(request)) }
        switch ending {
        case .output: return json(output)
        case .failure: return json(failure)
        case .unknown:
            return json(#"{"status":"failed","message":"Request not found"}"#, status: [200, 404][number % 2])
        case .refusal: return refusal
        case .endless: return json(pending(request))
        }
    }

    private func json(_ text: String, status: Int = 200) -> FetchResponse {
        FetchResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(text.utf8))
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
        case (.fineTune, _): #"{"status":"success","messege":"model_ready","data":"\#(mark)"}"#
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
            #"{"status":"failed","id":\#(number),"message":"no face in \#(mark)"}"#
        case .fineTune: #"{"status":"success","messege":"training_failed","data":"no face in \#(mark)"}"#
        case .workflow: #"{"status":"success","execution":{"status":"failed"},"error":"no face in \#(mark)"}"#
        }
    }

    private var refusal: FetchResponse {
        switch refusalCode {
        case .badRequest: json(#"{"status":"error","code":"validation_error","message":"bad \#(mark)"}"#, status: 422)
        case .forbidden: json(#"{"status":"error","code":"forbidden","message":"not yours: \#(mark)"}"#, status: 403)
        default: json(#"{"status":"error","code":"insufficient_balance","message":"too poor for \#(mark)"}"#)
        }
    }

    /// What the client makes of the refusal.
    var refusalCode: FetchError.Code {
        [.badRequest, .forbidden, .paymentRequired][number / Family.allCases.count % 3]
    }
}
