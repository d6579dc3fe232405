"""Signatures with times of their own: python3-dkim signs now and for good."""
import dkim


class Timed(dkim.DKIM):
    """times: of t= and, when there is a second, of x=, in seconds since 1970."""
    times = ()

    def gen_header(self, fields, *rest, **named):
        for name, at in zip((b"t", b"x"), self.times):
            fields = [f for f in fields if f[0] != name]
            fields.insert(-3, (name, str(at).encode()))
        return super().gen_header(fields, *rest, **named)


def sign(mail, times, selector, domain, key, algorithm, **named):
    """The line to put before the mail."""
    signer = Timed(mail, signature_algorithm=algorithm)
    signer.times = times
    return signer.sign(selector, domain, key, signature_algorithm=algorithm, **named)
