-- Undoes a statement that writes a batch of turns when somebody was faster: `commit_turns` writes it then.
CREATE FUNCTION overtaken() RETURNS uuid[] LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'overtaken' USING ERRCODE = 'P0D05';
END $$;
