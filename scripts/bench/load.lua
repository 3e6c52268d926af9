-- For wrk: calls one path, as it is or with a random number between two behind it, and tells what it measured.
local path, headers, low, high

function init(arguments)
  path, low, high = arguments[1], tonumber(arguments[3]), tonumber(arguments[4])
  headers = arguments[2] == "gzip" and { ["Accept-Encoding"] = "gzip" } or {}
  math.randomseed(os.time())
end

function request()
  return wrk.format("GET", low and path .. math.random(low, high) or path, headers)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('\n{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"failed":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
