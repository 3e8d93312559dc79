// What does C get from getsockopt(2) here? Asks for options on the descriptors it inherits, by the names and structs of
// this system's own headers, and prints a line of JSON for each: the bytes that came back, and what they mean in C. No
// line is shared with the library.
#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

// Of glibc this needs _GNU_SOURCE, of musl nothing; so that neither matters, it is written out, as in socket(7).
struct credentials {
  int pid;
  unsigned int uid;
  unsigned int gid;
};

union answer {
  unsigned char bytes[512];
  int number;
  unsigned long word;
  unsigned long long wide;
  struct timeval time;
  struct linger linger;
  struct credentials credentials;
  struct tcp_info info;
  char text[512];
};

enum meaning { INT, WORD, WIDE, TIME, LINGER, TEXT, CREDENTIALS, TCP_STATE, TYPE, BYTES };

struct question {
  const char* socket;
  int fd;
  const char* name;
  int level;
  int number;
  socklen_t size;
  enum meaning meaning;
};

#define TCP(level, name, size, meaning) \
  { "tcp", 3, #name, level, name, size, meaning }
#define LISTENER(level, name, size, meaning) \
  { "listener", 4, #name, level, name, size, meaning }
#define UDP(level, name, size, meaning) \
  { "udp", 5, #name, level, name, size, meaning }
#define UNIX(level, name, size, meaning) \
  { "unix", 6, #name, level, name, size, meaning }

// The numbers of these are not in the headers of every C library; those of the kernel have them.
#ifndef SO_MEMINFO
#define SO_MEMINFO 55
#endif
#ifndef SO_COOKIE
#define SO_COOKIE 57
#endif

static const struct question questions[] = {
    TCP(SOL_SOCKET, SO_TYPE, 4, TYPE),
    TCP(SOL_SOCKET, SO_ACCEPTCONN, 4, INT),
    TCP(SOL_SOCKET, SO_KEEPALIVE, 4, INT),
    TCP(SOL_SOCKET, SO_REUSEADDR, 4, INT),
    TCP(SOL_SOCKET, SO_RCVBUF, 4, INT),
    TCP(SOL_SOCKET, SO_SNDBUF, 4, INT),
    TCP(SOL_SOCKET, SO_RCVLOWAT, 4, INT),
    TCP(SOL_SOCKET, SO_PRIORITY, 4, INT),
    TCP(SOL_SOCKET, SO_OOBINLINE, 4, INT),
    TCP(SOL_SOCKET, SO_LINGER, sizeof(struct linger), LINGER),
    TCP(SOL_SOCKET, SO_RCVTIMEO, sizeof(struct timeval), TIME),
    TCP(SOL_SOCKET, SO_SNDTIMEO, sizeof(struct timeval), TIME),
    TCP(SOL_SOCKET, SO_MAX_PACING_RATE, sizeof(unsigned long), WORD),
    TCP(SOL_SOCKET, SO_MARK, 4, INT),
    TCP(SOL_SOCKET, SO_MEMINFO, 64, BYTES),
    TCP(SOL_SOCKET, SO_COOKIE, 8, WIDE),
    TCP(IPPROTO_IP, IP_TOS, 4, INT),
    TCP(IPPROTO_IP, IP_TTL, 4, INT),
    TCP(IPPROTO_IP, IP_MTU, 4, INT),
    TCP(IPPROTO_TCP, TCP_NODELAY, 4, INT),
    TCP(IPPROTO_TCP, TCP_MAXSEG, 4, INT),
    TCP(IPPROTO_TCP, TCP_CORK, 4, INT),
    TCP(IPPROTO_TCP, TCP_KEEPIDLE, 4, INT),
    TCP(IPPROTO_TCP, TCP_KEEPINTVL, 4, INT),
    TCP(IPPROTO_TCP, TCP_KEEPCNT, 4, INT),
    TCP(IPPROTO_TCP, TCP_SYNCNT, 4, INT),
    TCP(IPPROTO_TCP, TCP_LINGER2, 4, INT),
    TCP(IPPROTO_TCP, TCP_WINDOW_CLAMP, 4, INT),
    TCP(IPPROTO_TCP, TCP_USER_TIMEOUT, 4, INT),
    TCP(IPPROTO_TCP, TCP_NOTSENT_LOWAT, 4, INT),
    TCP(IPPROTO_TCP, TCP_CONGESTION, 16, TEXT),
    TCP(IPPROTO_TCP, TCP_INFO, 512, TCP_STATE),
    LISTENER(SOL_SOCKET, SO_ACCEPTCONN, 4, INT),
    LISTENER(IPPROTO_TCP, TCP_INFO, 512, TCP_STATE),
    LISTENER(IPPROTO_TCP, TCP_DEFER_ACCEPT, 4, INT),
    LISTENER(IPPROTO_TCP, TCP_FASTOPEN, 4, INT),
    UDP(SOL_SOCKET, SO_TYPE, 4, TYPE),
    UDP(SOL_SOCKET, SO_BROADCAST, 4, INT),
    UDP(SOL_SOCKET, SO_NO_CHECK, 4, INT),
    UDP(IPPROTO_IP, IP_MULTICAST_TTL, 4, INT),
    UDP(IPPROTO_IP, IP_MULTICAST_IF, 4, BYTES),
    UDP(IPPROTO_IP, IP_MULTICAST_LOOP, 4, INT),
    UDP(IPPROTO_TCP, TCP_NODELAY, 4, INT),  // refused, with the same errno
    UNIX(SOL_SOCKET, SO_TYPE, 4, TYPE),
    UNIX(SOL_SOCKET, SO_PASSCRED, 4, INT),
    UNIX(SOL_SOCKET, SO_PEERCRED, sizeof(struct credentials), CREDENTIALS),
};

static const char* type_name(int type) {
  return type == SOCK_STREAM ? "SOCK_STREAM" : type == SOCK_DGRAM ? "SOCK_DGRAM" : "?";
}

#define HAS(field) (offsetof(struct tcp_info, field) + sizeof info->field <= length)
#define COUNT(field) \
  if (HAS(tcpi_##field)) printf(",\"%s\":%llu", #field, (unsigned long long)info->tcpi_##field)
#define COUNT_OR_NONE(field, none)                       \
  if (HAS(tcpi_##field) && info->tcpi_##field == (none)) \
    printf(",\"%s\":null", #field);                      \
  else                                                   \
    COUNT(field)

// The fields that stand still on an idle connection. What a kernel older than the headers does not send is not printed.
static void print_info(const struct tcp_info* info, socklen_t length) {
  printf("{\"state\":%u,\"retransmits\":%u,\"probes\":%u,\"backoff\":%u", info->tcpi_state, info->tcpi_retransmits,
         info->tcpi_probes, info->tcpi_backoff);
  printf(",\"snd_wscale\":%u,\"rcv_wscale\":%u", info->tcpi_snd_wscale, info->tcpi_rcv_wscale);
  COUNT(rto);
  COUNT(ato);
  COUNT(snd_mss);
  COUNT(rcv_mss);
  COUNT(unacked);
  COUNT(sacked);
  COUNT(lost);
  COUNT(retrans);
  COUNT(pmtu);
  COUNT(rcv_ssthresh);
  COUNT(rtt);
  COUNT(rttvar);
  COUNT(snd_cwnd);
  COUNT(advmss);
  COUNT(reordering);
  COUNT(rcv_rtt);
  COUNT(rcv_space);
  COUNT(total_retrans);
  COUNT_OR_NONE(max_pacing_rate, ~0ULL);
  COUNT(bytes_acked);
  COUNT(bytes_received);
  COUNT(segs_out);
  COUNT(segs_in);
  COUNT(notsent_bytes);
  COUNT_OR_NONE(min_rtt, ~0U);
  COUNT(data_segs_in);
  COUNT(data_segs_out);
  COUNT(delivery_rate);
  COUNT(busy_time);
  COUNT(rwnd_limited);
  COUNT(sndbuf_limited);
  COUNT(delivered);
  COUNT(bytes_sent);
  COUNT(bytes_retrans);
  COUNT(dsack_dups);
  COUNT(reord_seen);
  COUNT(rcv_ooopack);
  COUNT(snd_wnd);
  printf("}");
}

static void print_value(const struct question* question, const union answer* answer, socklen_t length) {
  printf(",\"value\":");
  switch (question->meaning) {
    case INT:
      printf("%d", answer->number);
      break;
    case WORD:
      printf("%lu", answer->word);
      break;
    case WIDE:
      printf("\"%llu\"", answer->wide);
      break;
    case TIME:
      printf("%.3f", answer->time.tv_sec * 1000.0 + answer->time.tv_usec / 1000.0);
      break;
    case LINGER:
      printf("{\"onoff\":%d,\"linger\":%d}", answer->linger.l_onoff, answer->linger.l_linger);
      break;
    case TEXT:
      printf("\"%s\"", answer->text);
      break;
    case CREDENTIALS:
      printf("{\"pid\":%d,\"uid\":%u,\"gid\":%u}", answer->credentials.pid, answer->credentials.uid,
             answer->credentials.gid);
      break;
    case TYPE:
      printf("\"%s\"", type_name(answer->number));
      break;
    case TCP_STATE:
      print_info(&answer->info, length);
      break;
    case BYTES:
      printf("null");
      break;
  }
}

int main(void) {
  for (size_t at = 0; at < sizeof questions / sizeof *questions; at++) {
    const struct question* question = &questions[at];
    union answer answer;
    socklen_t length = question->size;
    memset(&answer, 0, sizeof answer);
    const int result = getsockopt(question->fd, question->level, question->number, &answer, &length);
    const int error = errno;
    printf("{\"socket\":\"%s\",\"name\":\"%s\",\"level\":%d,\"number\":%d,\"size\":%u", question->socket,
           question->name, question->level, question->number, question->size);
    if (result != 0) {
      printf(",\"errno\":%d}\n", error);
      continue;
    }
    printf(",\"bytes\":\"");
    for (socklen_t i = 0; i < length; i++) printf("%02x", answer.bytes[i]);
    printf("\"");
    print_value(question, &answer, length);
    printf("}\n");
  }
  return 0;
}
