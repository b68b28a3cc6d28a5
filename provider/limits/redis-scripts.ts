import { RATE_LIMIT_DEADLINE_MS } from "./rate-limits";

/**
 * What the rate-limit store runs, each in one go, so that no other runner comes in between. Times are Redis's own: the
 * clocks of the runners need not agree. Keys: sends and flights (sorted by time), pause, runners.
 */

/**
 * Redis's clock may be set back. What lies further ahead than it can counts from the latest time that it can, so that nobody waits
 * until the clock is there again.
 */
const SET_BACK = `
local function bring_back(key, most)
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', key, '(' .. string.format('%.0f', most), '+inf')) do
    redis.call('ZADD', key, most, member)
  end
end
`;

/**
 * Counts one request as sent now, if windows, pause and places in flight allow it.
 *
 * ARGV: an ID for the request, the runner, places in flight, ms that a request may last, ms that a runner counts after its
 * last word, ms to ask again for a place, how many sends to tell, ms after which a request counts that is not answered, the
 * windows as JSON `[[requests, ms], …]`, and as JSON how long ago in ms those count from that were sent while the store
 * could not be reached. Answers ms to wait (0: sent), the number of runners, and how long ago the latest count from.
 */
export const ADMIT = `${SET_BACK}
local sends, flights, pause, runners = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, runner, places = ARGV[1], ARGV[2], tonumber(ARGV[3])
local lasts, counts, poll, tell = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local travel = tonumber(ARGV[8])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local windows, longest, deepest = cjson.decode(ARGV[9]), 0, 1
for _, window in ipairs(windows) do
  longest = math.max(longest, window[2])
  deepest = math.max(deepest, window[1])
end
for number, age in ipairs(cjson.decode(ARGV[10])) do redis.call('ZADD', sends, now - age, id .. ':' .. number) end
bring_back(sends, now + travel)
bring_back(flights, now + math.max(lasts, ${RATE_LIMIT_DEADLINE_MS}))
bring_back(runners, now)
redis.call('ZREMRANGEBYSCORE', sends, '-inf', now - longest)
redis.call('ZREMRANGEBYSCORE', flights, '-inf', now)
redis.call('ZREMRANGEBYSCORE', runners, '-inf', now - counts)
redis.call('ZADD', runners, now, runner)
local wait = (tonumber(redis.call('GET', pause)) or now) - now
if wait > ${RATE_LIMIT_DEADLINE_MS} then
  wait = ${RATE_LIMIT_DEADLINE_MS}
  redis.call('SET', pause, string.format('%.0f', now + wait), 'PX', wait)
end
for _, window in ipairs(windows) do
  local blocking = redis.call('ZREVRANGE', sends, window[1] - 1, window[1] - 1, 'WITHSCORES')
  if blocking[2] then wait = math.max(wait, blocking[2] + window[2] - now) end
end
if wait <= 0 and redis.call('ZCARD', flights) >= places then wait = poll end
if wait <= 0 then
  wait = 0
  redis.call('ZADD', sends, now + travel, id)
  redis.call('ZADD', flights, now + lasts, id)
end
for _, key in ipairs({sends, flights, runners}) do redis.call('PEXPIRE', key, math.max(longest + travel, lasts, counts)) end
local answer = {wait, redis.call('ZCARD', runners)}
local latest = redis.call('ZRANGE', sends, -tell, -1, 'WITHSCORES')
for at = 2, #latest, 2 do table.insert(answer, now - latest[at]) end
return answer
`;

/** A request was answered: its place in flight is free, and it counts from now on. ARGV: its ID. */
export const RELEASE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local counts = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
if counts > now then redis.call('ZADD', KEYS[1], now, ARGV[1]) end
return redis.call('ZREM', KEYS[2], ARGV[1])
`;

/** Holds all runners back. ARGV: for how many ms. A pause that lasts longer stays. */
export const PAUSE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local till, before = now + tonumber(ARGV[1]), tonumber(redis.call('GET', KEYS[3])) or 0
if till <= before and before <= now + ${RATE_LIMIT_DEADLINE_MS} then return 0 end
redis.call('SET', KEYS[3], string.format('%.0f', till), 'PX', ARGV[1])
return 1
`;
