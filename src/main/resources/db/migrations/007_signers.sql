-- Who signed an original is part of what was found in its content credentials.
ALTER TABLE images DROP COLUMN credentials_signer;
