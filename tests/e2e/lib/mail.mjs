// mail.mjs — mail both ways as an operator has it: OpenSMTPD where it can be started (else aiosmtpd), and a mailbox that Dovecot serves.
import { startDovecot, there } from './dovecot.mjs';
import { startSmtpd, there as hasSmtpd } from './opensmtpd.mjs';
import { startPost } from './post.mjs';

export { there };

/** `env` makes the program send through it and read its mailbox. */
export async function startMail() {
  const mailbox = await startDovecot();
  const post = hasSmtpd ? await startSmtpd(mailbox.maildir) : await startPost();
  const incoming = hasSmtpd ? post : await startPost(mailbox.maildir);
  return {
    env: { ...post.env, ...mailbox.env },
    /** The one mail to `address` that `wanted` picks, as soon as it is there. */
    letter: post.mail,
    /** Sends a mail to the program, as somebody's mail program does. */
    send: incoming.send,
    deliver: mailbox.deliver,
    stop() {
      post.stop();
      if (incoming !== post) incoming.stop();
      mailbox.stop();
    },
  };
}
