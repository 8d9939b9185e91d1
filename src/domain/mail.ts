/** Something to be sent to one address by e-mail, as plain text. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** A way to send e-mail. Throws an error that names neither the address nor the text. */
export interface Mail {
  send(letter: Letter): Promise<void>;
}
