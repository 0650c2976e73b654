import FetchCore
import Foundation

/// The fields that the clients read from a typical response about a pending job.
struct PollResponse: Decodable, Sendable {
    var id: Int
    var status: String
    var message: String?
    var eta: Double?
    var fetchResult: String?
    var futureLinks: [String]

    enum CodingKeys: String, CodingKey {
        case id, status, message, eta
        case fetchResult = "fetch_result"
        case futureLinks = "future_links"
    }

    static let text = """
        {"status":"processing","tip":"Jobs of higher plans are processed sooner, and smaller jobs sooner still.",\
        "eta":12.5,"message":"The video is being generated, poll again after the estimated time.","messege":"",\
        "fetch_result":"https://modelslab.com/api/v6/video/fetch/90210345","id":90210345,"output":[],\
        "proxy_links":[],"webhook_status":"",\
        "meta":{"prompt":"a lighthouse on a cliff at dusk, long exposure, waves breaking below, gulls circling",\
        "negative_prompt":"blurred, distorted, lettering","seed":170345612,"width":768,"height":512,"num_frames":25,\
        "num_inference_steps":20,"guidance_scale":7.5,"fps":16,"output_type":"mp4","upscale":false,"webhook":null,\
        "model_id":"lantern-xl","file_prefix":"b41c7d9e-5f0a-4f5e-8a53-1f6f1d2c9b77"},\
        "future_links":["https://pub-example.r2.dev/generations/b41c7d9e-5f0a-4f5e-8a53-1f6f1d2c9b77-0.mp4"]}
        """

    static let body = Data(text.utf8)
}
