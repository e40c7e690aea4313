-- +goose Up
-- A user signs in; what they may do is said by their memberships. The address
-- is kept as typed and, folded, to be found by.
CREATE TABLE users (
    id          text PRIMARY KEY,
    email       text NOT NULL,
    email_key   text NOT NULL UNIQUE,
    name        text NOT NULL,
    language    text NOT NULL,
    theme       text NOT NULL,
    created_at  text NOT NULL,
    disabled_at text
);

-- Who a user is to an OpenID provider.
CREATE TABLE identities (
    issuer     text NOT NULL,
    subject    text NOT NULL,
    user_id    text NOT NULL REFERENCES users (id),
    created_at text NOT NULL,
    PRIMARY KEY (issuer, subject)
);

-- A link sent by mail to sign in once. Tokens are kept as digests only.
CREATE TABLE sign_in_links (
    digest     text PRIMARY KEY,
    user_id    text NOT NULL REFERENCES users (id),
    onward     text NOT NULL,
    created_at text NOT NULL,
    expires_at text NOT NULL,
    used_at    text
);

CREATE TABLE sessions (
    digest     text PRIMARY KEY,
    id         text NOT NULL UNIQUE,
    user_id    text NOT NULL REFERENCES users (id),
    device     text NOT NULL,
    address    text NOT NULL,
    created_at text NOT NULL,
    seen_at    text NOT NULL,
    expires_at text NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

-- The browsers that a user has signed in with, so that a new one is told of:
-- since when, and when they last did.
CREATE TABLE devices (
    user_id    text NOT NULL REFERENCES users (id),
    digest     text NOT NULL,
    created_at text NOT NULL,
    seen_at    text NOT NULL,
    PRIMARY KEY (user_id, digest)
);

-- How often something was tried from an address or for an account, in a span.
CREATE TABLE attempts (
    bucket     text PRIMARY KEY,
    tries      integer NOT NULL,
    expires_at text NOT NULL
);
CREATE INDEX attempts_expiry ON attempts (expires_at);

-- +goose Down
DROP TABLE attempts;
DROP TABLE devices;
DROP TABLE sessions;
DROP TABLE sign_in_links;
DROP TABLE identities;
DROP TABLE users;
