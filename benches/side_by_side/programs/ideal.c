/* The fastest client that can be: it knows the address of every page beforehand, keeps so many requests in flight, and only
 * parses the bytes.
 *
 *   ideal PORT TOKEN IN-FLIGHT gzip|identity < PATHS      a path on each line; prints its figures as JSON
 *
 * All other clients ask for compressed pages (gzip). On one machine those that are not compressed (identity) are faster.
 */
#include "figures.h"
#include "json.h"

#include <arpa/inet.h>
#include <libdeflate.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_PAGES = 1 << 16, MOST_IN_FLIGHT = 64, FIRST_ROOM = 1 << 20 };

static char *paths[MOST_PAGES];
static int pages;
static const char *token, *encoding;
static unsigned short port;
static atomic_int next_page;
static atomic_long rows;

static void fail(const char *message)
{
    fprintf(stderr, "ideal: %s\n", message);
    exit(1);
}

static int connected(void)
{
    int connection = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(connection, (struct sockaddr *)&address, sizeof address))
        fail("the simulator is not there");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connection;
}

struct buffer {
    char *bytes;
    size_t length, room;
};

static void receive(int connection, struct buffer *buffer)
{
    if (buffer->length + 1 >= buffer->room) {
        buffer->room *= 2;
        buffer->bytes = realloc(buffer->bytes, buffer->room);
    }
    ssize_t got = read(connection, buffer->bytes + buffer->length, buffer->room - buffer->length - 1);
    if (got <= 0)
        fail("the connection ended");
    buffer->length += (size_t)got;
    buffer->bytes[buffer->length] = 0;
}

/* The last four bytes of a gzip file have its length before it was compressed. */
static void decompress(struct libdeflate_decompressor *decompressor, const char *from, size_t length, struct buffer *into)
{
    unsigned int plain;
    memcpy(&plain, from + length - 4, 4);
    if (into->room < plain) {
        into->room = 2 * (size_t)plain;
        into->bytes = realloc(into->bytes, into->room);
    }
    if (libdeflate_gzip_decompress(decompressor, from, length, into->bytes, into->room, &into->length))
        fail("a page is not compressed as it says");
}

/* Reads one answer and counts the rows of its page. */
static long read_page(int connection, struct buffer *buffer, struct buffer *plain, struct libdeflate_decompressor *inflate)
{
    buffer->length = 0;
    char *body = NULL;
    while (!body) {
        receive(connection, buffer);
        body = strstr(buffer->bytes, "\r\n\r\n");
    }
    if (strncmp(buffer->bytes, "HTTP/1.1 200", 12))
        fail(buffer->bytes);
    char *length = strcasestr(buffer->bytes, "\r\ncontent-length:");
    if (!length || length > body)
        fail("an answer has no length");
    size_t begin = (size_t)(body + 4 - buffer->bytes);
    size_t end = begin + strtoul(length + 17, NULL, 10);
    while (buffer->length < end)
        receive(connection, buffer);
    char *encoded = strcasestr(buffer->bytes, "\r\ncontent-encoding: gzip");
    long found;
    if (encoded && encoded < body) {
        decompress(inflate, buffer->bytes + begin, end - begin, plain);
        found = json_rows(plain->bytes, plain->bytes + plain->length);
    } else
        found = json_rows(buffer->bytes + begin, buffer->bytes + end);
    if (found < 0)
        fail("a page is no JSON");
    return found;
}

static void *work(void *unused)
{
    struct buffer buffer = {malloc(FIRST_ROOM), 0, FIRST_ROOM}, plain = {malloc(FIRST_ROOM), 0, FIRST_ROOM};
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    int connection = connected(), page;
    while ((page = atomic_fetch_add(&next_page, 1)) < pages) {
        char request[4096];
        int length = snprintf(request, sizeof request,
                              "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nAuthorization: Bearer %s\r\n"
                              "Prefer: IdType=\"ImmutableId\"\r\nAccept-Encoding: %s\r\n\r\n",
                              paths[page], port, token, encoding);
        if (length >= (int)sizeof request || write(connection, request, (size_t)length) != length)
            fail("a request was not sent");
        rows += read_page(connection, &buffer, &plain, inflate);
    }
    close(connection);
    libdeflate_free_decompressor(inflate);
    free(plain.bytes);
    free(buffer.bytes);
    return unused;
}

int main(int count, char **arguments)
{
    if (count != 5)
        fail("usage: ideal PORT TOKEN IN-FLIGHT gzip|identity < PATHS");
    port = (unsigned short)atoi(arguments[1]);
    token = arguments[2];
    encoding = arguments[4];
    int in_flight = atoi(arguments[3]);
    char line[4096];
    while (pages < MOST_PAGES && fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        paths[pages++] = strdup(line);
    }
    in_flight = in_flight < pages ? in_flight : pages;
    if (in_flight < 1 || in_flight > MOST_IN_FLIGHT)
        fail("so many requests cannot be in flight");
    struct figures begun = begin_figures();
    pthread_t threads[MOST_IN_FLIGHT];
    for (int index = 0; index < in_flight; index++)
        pthread_create(&threads[index], NULL, work, NULL);
    for (int index = 0; index < in_flight; index++)
        pthread_join(threads[index], NULL);
    printf("{");
    print_figures(begun, rows, 0);
    printf("}\n");
    return 0;
}
